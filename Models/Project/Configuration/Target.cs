namespace Models.Project.Configuration;

/// <summary>The database a project is built into: one output of a profile, or what a connection string says.</summary>
public sealed record Target
{
    public required string ProfileName { get; init; }

    /// <summary>The output's name, for example <c>dev</c>.</summary>
    public required string Name { get; init; }

    public required string Database { get; init; }

    /// <summary>The schema that models land in, and the prefix of every custom schema.</summary>
    public required string Schema { get; init; }

    public required string User { get; init; }

    public required int Threads { get; init; }

    /// <summary>An ADO.NET connection string: the options' own where they have one, else made from the profile.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>The connection string is the options' own, not the profile's.</summary>
    public bool IsGiven { get; init; }

    /// <summary>All fields of the output as the profile says them, without the password; values are template values.</summary>
    public required IReadOnlyDictionary<string, object?> Fields { get; init; }
}
