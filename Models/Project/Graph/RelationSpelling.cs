namespace Models.Project.Graph;

/// <summary>The parts of a relation that a project writes without quotes, in its own letter case; null for a part in quotes.</summary>
public sealed record RelationSpelling(string? Database, string? Schema, string? Identifier)
{
    /// <summary>The spelling of a part; null where it is quoted, and where the part has got another name since.</summary>
    internal static string? Of(string? written, string name) => written is not null && Relation.Fold(written) == name ? written : null;
}
