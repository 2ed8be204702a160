namespace Serving.Console.Catalog;

/// <summary>A column as the build knows it.</summary>
/// <param name="Type">PostgreSQL's name of its type; null where the build could not tell.</param>
/// <param name="Sources">The columns it comes from.</param>
internal sealed record CatalogColumn(string Name, string Description, string? Type, IReadOnlyList<ColumnSource> Sources);

/// <param name="Node">The unique id of the node that has the column.</param>
/// <param name="Use">straight or transformed.</param>
internal sealed record ColumnSource(string Node, string Column, string Use);
