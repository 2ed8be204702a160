using Models.Project.Graph;

namespace Models.Runner.Docs;

/// <summary>A relation on the server, and its nodes.</summary>
internal sealed record CatalogTable(IReadOnlyList<RelationNode> Nodes, string Type, string? Comment, string Owner, List<CatalogColumn> Columns);

internal sealed record CatalogColumn(string Name, string Type, int Index, string? Comment);
