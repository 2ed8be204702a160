namespace Models.Postgres.Roles;

/// <summary>The services that connect to a warehouse, each with a login of its own.</summary>
public enum WarehouseLogin
{
    /// <summary>Loads sources and builds models.</summary>
    Worker,

    /// <summary>Reads features and writes the registry of trained models.</summary>
    Training,

    /// <summary>Reads features, marts and the registry, adds predictions.</summary>
    Api,
}
