namespace Models.Postgres.Roles;

/// <summary>What <see cref="WarehouseRoles.EnsureAsync"/> is told about a warehouse.</summary>
/// <param name="Target">What the schemas of the models start with, for example dev_me.</param>
/// <param name="Passwords">A login without one is left as it is.</param>
public sealed record RoleSettings(string Target, IReadOnlyDictionary<WarehouseLogin, string> Passwords)
{
    /// <summary>The server is Leadline's alone: nobody else may connect to the warehouse, and its other databases are sources of the worker.</summary>
    public bool IsOwnServer { get; init; }

    /// <summary>Databases of the same server that the worker reads where they are there; on a server of one's own, all but the warehouse.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];
}
