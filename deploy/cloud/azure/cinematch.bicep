// CineMatch on Azure Container Apps. PostgreSQL and Redis are services of their own, given by their addresses.
// Not validated: no compiler of Bicep was at hand, and the project never deployed it. A test checks its settings only.
// Look at it first: az bicep build --file cinematch.bicep
param location string = resourceGroup().location
@description('The image of deploy/Containerfile in a registry that the environment can read.')
param image string
@description('The host that users see, as films.example.')
param site string
@secure()
@description('postgresql://cinematch:PASSWORD@SERVER.postgres.database.azure.com:5432/films?sslmode=verify-full')
param databaseUrl string
@secure()
@description('rediss://:KEY@NAME.redis.cache.windows.net:6380')
param redisUrl string
@secure()
@minLength(32)
param authSecret string

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: 'cinematch'
  location: location
  properties: {
    sku: {
      name: 'PerGB2018'
    }
    retentionInDays: 30
  }
}

resource files 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'cinematch${uniqueString(resourceGroup().id)}'
  location: location
  kind: 'StorageV2'
  sku: {
    name: 'Standard_ZRS'
  }
  properties: {
    minimumTlsVersion: 'TLS1_2'
    allowBlobPublicAccess: false
  }
}

resource fileService 'Microsoft.Storage/storageAccounts/fileServices@2023-05-01' = {
  parent: files
  name: 'default'
}

resource artifacts 'Microsoft.Storage/storageAccounts/fileServices/shares@2023-05-01' = {
  parent: fileService
  name: 'artifacts'
  properties: {
    shareQuota: 20
  }
}

resource environment 'Microsoft.App/managedEnvironments@2024-03-01' = {
  name: 'cinematch'
  location: location
  properties: {
    appLogsConfiguration: {
      destination: 'log-analytics'
      logAnalyticsConfiguration: {
        customerId: logs.properties.customerId
        sharedKey: logs.listKeys().primarySharedKey
      }
    }
  }
}

resource storage 'Microsoft.App/managedEnvironments/storages@2024-03-01' = {
  parent: environment
  name: 'artifacts'
  properties: {
    azureFile: {
      accountName: files.name
      accountKey: files.listKeys().keys[0].value
      shareName: artifacts.name
      accessMode: 'ReadWrite'
    }
  }
}

resource app 'Microsoft.App/containerApps@2024-03-01' = {
  name: 'cinematch'
  location: location
  properties: {
    managedEnvironmentId: environment.id
    configuration: {
      ingress: {
        external: true
        targetPort: 4000
        transport: 'auto'
      }
      secrets: [
        { name: 'database-url', value: databaseUrl }
        { name: 'redis-url', value: redisUrl }
        { name: 'auth-secret', value: authSecret }
      ]
    }
    template: {
      // More than SHUTDOWN_TIMEOUT_MS.
      terminationGracePeriodSeconds: 20
      containers: [
        {
          name: 'cinematch'
          image: image
          resources: {
            cpu: json('1.0')
            memory: '2Gi'
          }
          env: [
            { name: 'PUBLIC_URL', value: 'https://${site}' }
            { name: 'TRUST_PROXY', value: '1' }
            { name: 'METRICS', value: 'off' }
            { name: 'DATABASE_URL', secretRef: 'database-url' }
            { name: 'REDIS_URL', secretRef: 'redis-url' }
            { name: 'AUTH_SECRET', secretRef: 'auth-secret' }
          ]
          probes: [
            { type: 'Startup', httpGet: { path: '/health', port: 4000 }, periodSeconds: 1, failureThreshold: 90 }
            { type: 'Liveness', httpGet: { path: '/health', port: 4000 }, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 }
            { type: 'Readiness', httpGet: { path: '/ready', port: 4000 }, periodSeconds: 2, timeoutSeconds: 2 }
          ]
          volumeMounts: [
            { volumeName: 'artifacts', mountPath: '/artifacts' }
            { volumeName: 'data', mountPath: '/data' }
          ]
        }
      ]
      scale: {
        minReplicas: 2
        maxReplicas: 8
        rules: [
          { name: 'http', http: { metadata: { concurrentRequests: '80' } } }
        ]
      }
      volumes: [
        { name: 'artifacts', storageType: 'AzureFile', storageName: storage.name }
        { name: 'data', storageType: 'EmptyDir' }
      ]
    }
  }
}

output address string = app.properties.configuration.ingress.fqdn
