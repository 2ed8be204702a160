namespace Models.Project.Configuration;

/// <summary>The database that a project is built into, from an output of a profile or from a connection string.</summary>
public sealed record Target
{
    public required string ProfileName { get; init; }

    /// <summary>The output's name, for example <c>dev</c>.</summary>
    public required string Name { get; init; }

    public required string Database { get; init; }

    /// <summary>The schema of models, and the prefix of every custom schema.</summary>
    public required string Schema { get; init; }

    public required string User { get; init; }

    public required int Threads { get; init; }

    /// <summary>An ADO.NET connection string, from the options or built from the profile.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>True if the connection string comes from the options, not from the profile.</summary>
    public bool IsGiven { get; init; }

    /// <summary>All fields of the profile's output, without the password; values are template values.</summary>
    public required IReadOnlyDictionary<string, object?> Fields { get; init; }
}
