using System.Text.Json;
using Models.Analysis;
using Models.Analysis.Lineage;
using Models.Project.Graph;
using Models.Rendering.Nodes;

namespace Models.Artifacts;

/// <summary>Writes the columns of nodes, merging declared and analysed ones, with our data in <c>meta.leadline</c>.</summary>
internal sealed class ManifestColumns(Utf8JsonWriter json)
{
    public void WriteColumns(IReadOnlyList<ColumnDefinition> declaredColumns, AnalysedNode? known)
    {
        json.WriteStartObject("columns");
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (var declared in declaredColumns)
        {
            if (written.Add(declared.Name))
                WriteColumn(declared, known?.Columns.FirstOrDefault(c => ColumnChecks.Same(c.Name, declared)), known);
        }

        foreach (var column in known?.Columns ?? [])
        {
            if (!declaredColumns.Any(d => ColumnChecks.Same(column.Name, d)))
                WriteColumn(new ColumnDefinition(column.Name), column, known);
        }

        json.WriteEndObject();
    }

    private void WriteColumn(ColumnDefinition declared, AnalysedColumn? column, AnalysedNode? known)
    {
        json.WriteStartObject(declared.Name);
        json.WriteString("name", declared.Name);
        json.WriteString("description", declared.Description);
        json.WriteString("data_type", declared.DataType ?? column?.Type);
        json.WriteBoolean("quote", declared.Quote);
        json.WriteTexts("tags", declared.Tags);
        json.WriteStartObject("meta");
        WriteMetaEntries(declared.Meta, column is null ? null : () =>
        {
            json.WriteString("type", column.Type);
            if (known?.Lineage.Columns.GetValueOrDefault(column.Name) is { Count: > 0 } sources)
                WriteSources("lineage", sources);
        });
        json.WriteEndObject();
        json.WriteStartArray("constraints");
        foreach (var constraint in declared.Constraints)
            WriteConstraint(constraint);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public void WriteMeta(IReadOnlyDictionary<string, object?> meta, AnalysedNode? known)
    {
        json.WriteStartObject("meta");
        WriteMetaEntries(meta, known is { Lineage.Keys: { Count: > 0 } keys } ? () => WriteSources("keys", keys) : null);
        json.WriteEndObject();
    }

    /// <summary>Writes the user's meta merged with our entries.</summary>
    private void WriteMetaEntries(IReadOnlyDictionary<string, object?> meta, Action? own)
    {
        foreach (var (name, value) in meta)
        {
            if (name != "leadline" || own is null)
                json.WriteProperty(name, value);
        }

        if (own is null)
            return;

        json.WriteStartObject("leadline");
        foreach (var (name, value) in MappingValue.Entries(meta.GetValueOrDefault("leadline")))
        {
            if (name is not ("type" or "lineage" or "keys"))
                json.WriteProperty(name, value);
        }

        own();
        json.WriteEndObject();
    }

    private void WriteSources(string name, IReadOnlyList<ColumnSource> sources)
    {
        json.WriteStartArray(name);
        foreach (var source in sources)
        {
            json.WriteStartObject();
            json.WriteString("node", source.Node);
            json.WriteString("column", source.Column);
            json.WriteString("use", UseName(source.Use));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string UseName(ColumnUse use) => use switch
    {
        ColumnUse.Straight => "straight",
        ColumnUse.Transformed => "transformed",
        ColumnUse.Filter => "filter",
        ColumnUse.Join => "join",
        _ => "group",
    };

    private void WriteConstraint(ConstraintDefinition constraint)
    {
        json.WriteStartObject();
        json.WriteString("type", constraint.Type);
        json.WriteString("name", constraint.Name);
        json.WriteString("expression", constraint.Expression);
        json.WriteString("to", constraint.To);
        json.WriteTexts("to_columns", constraint.ToColumns);
        json.WriteEndObject();
    }
}
