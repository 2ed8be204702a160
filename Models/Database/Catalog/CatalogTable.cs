using Models.Project.Graph;

namespace Models.Database.Catalog;

/// <summary>A relation as the server has it, and the nodes it stands for.</summary>
public sealed record CatalogTable(IReadOnlyList<RelationNode> Nodes, string Type, string? Comment, string Owner, List<CatalogColumn> Columns);

public sealed record CatalogColumn(string Name, string Type, int Index, string? Comment);
