using System.Text.Json;
using Models.Database.Catalog;
using Models.Project.Graph;

namespace Models.Engine.Artifacts;

/// <summary>Writes catalog.json in dbt's schema v1. Source: https://schemas.getdbt.com/dbt/catalog/v1.json.</summary>
internal static class CatalogWriter
{
    private const string Schema = "https://schemas.getdbt.com/dbt/catalog/v1.json";

    public static void Write(string path, IReadOnlyList<CatalogTable> tables, DateTimeOffset now)
    {
        using var stream = File.Create(path);
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        ArtifactMetadata.Write(json, Schema, Guid.NewGuid(), now, now);
        WriteSection(json, "nodes", tables, node => node is not SourceNode);
        WriteSection(json, "sources", tables, node => node is SourceNode);
        json.WriteNull("errors");
        json.WriteEndObject();
    }

    private static void WriteSection(Utf8JsonWriter json, string name, IReadOnlyList<CatalogTable> tables, Func<RelationNode, bool> belongs)
    {
        json.WriteStartObject(name);
        foreach (var table in tables)
        {
            foreach (var node in table.Nodes.Where(belongs))
                WriteTable(json, table, node);
        }

        json.WriteEndObject();
    }

    private static void WriteTable(Utf8JsonWriter json, CatalogTable table, RelationNode node)
    {
        json.WriteStartObject(node.UniqueId);
        json.WriteStartObject("metadata");
        json.WriteString("type", table.Type);
        json.WriteString("schema", node.Relation.Schema);
        json.WriteString("name", node.Relation.Identifier);
        json.WriteString("database", node.Relation.Database);
        json.WriteString("comment", table.Comment);
        json.WriteString("owner", table.Owner);
        json.WriteEndObject();
        json.WriteStartObject("columns");
        foreach (var column in table.Columns)
        {
            json.WriteStartObject(column.Name);
            json.WriteString("type", column.Type);
            json.WriteNumber("index", column.Index);
            json.WriteString("name", column.Name);
            json.WriteString("comment", column.Comment);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartObject("stats");
        json.WriteStartObject("has_stats");
        json.WriteString("id", "has_stats");
        json.WriteString("label", "Has Stats?");
        json.WriteBoolean("value", false);
        json.WriteBoolean("include", false);
        json.WriteString("description", "Indicates whether there are statistics for this table");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("unique_id", node.UniqueId);
        json.WriteEndObject();
    }
}
