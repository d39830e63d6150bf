import { graphql } from '../../../generated/index.ts';

export const SavedPreferences_viewer = graphql(`
  fragment SavedPreferences_viewer on Viewer {
    id
    preferences {
      preferredGenres {
        id
        name
      }
      services {
        id
        name
      }
      languages
      runtimeMin
      runtimeMax
      familiar
      region
      learnFromMe
    }
  }
`);
