namespace Models.Project.Graph;

/// <summary>The parts of a relation that a project writes without quotes, in the project's letter case; null for a quoted part.</summary>
public sealed record RelationSpelling(string? Database, string? Schema, string? Identifier)
{
    /// <summary>The spelling of a part; null if it is quoted, or if the part was renamed since.</summary>
    internal static string? Of(string? written, string name) => written is not null && Relation.Fold(written) == name ? written : null;
}
