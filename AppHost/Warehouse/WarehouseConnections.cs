namespace AppHost.Warehouse;

/// <summary>The warehouse as each service connects to it: with its own login, which may do what the service must (docs/security.md).</summary>
/// <param name="Name">What the services look their connection string up by.</param>
/// <param name="Worker">Loads the sources and builds the models; also a person's own connection, because it is the models' owner.</param>
/// <param name="Training">Reads features, writes the registry.</param>
/// <param name="Api">Reads features, marts and the registry, adds predictions.</param>
internal sealed record WarehouseConnections(
    string Name,
    IResourceBuilder<ConnectionStringResource> Worker,
    IResourceBuilder<ConnectionStringResource> Training,
    IResourceBuilder<ConnectionStringResource> Api);
