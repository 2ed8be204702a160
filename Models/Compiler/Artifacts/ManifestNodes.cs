using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Models.Compiler.Analysis;
using Models.Compiler.Graph;
using Models.Compiler.Lineage;

namespace Models.Compiler.Artifacts;

/// <summary>
/// Writes the nodes of a manifest. Source: dbt's public schema of manifest.json, version 12. What Leadline knows beyond it, the types and
/// the lineage of columns, stands in <c>meta.leadline</c>, which dbt leaves to its users.
/// </summary>
internal sealed class ManifestNodes(
    Utf8JsonWriter json, ParsedProject project, IReadOnlyDictionary<string, string> compiled, IReadOnlyDictionary<string, AnalysedNode> analysed)
{
    /// <summary>Writes to the same place what is no node.</summary>
    public ManifestDefinitions Definitions { get; } = new(json);

    public void WriteNode(Node node)
    {
        json.WritePropertyName(node.UniqueId);
        WriteBody(node);
    }

    /// <summary>A node that is configured not to be there. Its id may be that of several, so that a list holds them.</summary>
    public void WriteDisabled(IGrouping<string, Node> nodes)
    {
        json.WriteStartArray(nodes.Key);
        foreach (var node in nodes)
        {
            if (node is SourceNode source)
                WriteSourceBody(source);
            else
                WriteBody(node);
        }

        json.WriteEndArray();
    }

    private void WriteBody(Node node)
    {
        json.WriteStartObject();
        WriteIdentity(node);
        if (node is RelationNode relation)
            WriteRelation(relation);
        else if (node is OperationNode)
            WritePlace(project.Target.Database, project.Target.Schema, node.Name);

        WriteConfig(node);
        WriteDependencies(node);
        if (node is not SeedNode)
            WriteReads(node);
        WriteCode(node);
        switch (node)
        {
            case ModelNode model:
                WriteModel(model);
                break;
            case TestNode test:
                WriteTest(test);
                break;
            case OperationNode operation:
                json.WriteNumber("index", operation.Index);
                break;
            case SeedNode:
                json.WriteNull("root_path");
                break;
        }

        json.WriteEndObject();
    }

    public void WriteSource(SourceNode source)
    {
        json.WritePropertyName(source.UniqueId);
        WriteSourceBody(source);
    }

    private void WriteSourceBody(SourceNode source)
    {
        json.WriteStartObject();
        WriteIdentity(source);
        WriteRelation(source);
        WriteConfig(source);
        json.WriteString("source_name", source.SourceName);
        json.WriteString("source_description", source.SourceDescription);
        json.WriteString("loader", source.Loader ?? "");
        json.WriteString("identifier", source.Relation.Identifier);
        json.WriteString("loaded_at_field", source.LoadedAtField);
        json.WriteString("loaded_at_query", source.LoadedAtQuery);
        json.WriteProperty("freshness", source.Freshness);
        json.WriteProperty("external", null);
        json.WriteProperty("source_meta", source.SourceMeta);
        json.WriteEndObject();
    }

    public void WriteExposure(ExposureNode exposure)
    {
        json.WriteStartObject(exposure.UniqueId);
        WriteIdentity(exposure);
        json.WriteTexts("tags", exposure.Tags);
        json.WriteProperty("meta", exposure.Meta);
        foreach (var name in new[] { "type", "owner", "label", "maturity", "url" })
            json.WriteProperty(name, exposure.Properties.GetValueOrDefault(name));

        WriteConfig(exposure);
        WriteDependencies(exposure);
        WriteReads(exposure);
        json.WriteEndObject();
    }

    public void WriteUnitTest(UnitTestNode test)
    {
        json.WriteStartObject(test.UniqueId);
        WriteIdentity(test);
        json.WriteString("model", project.Graph.TryGet(test.Model, out var model) ? model.Name : test.Model);
        foreach (var name in new[] { "given", "expect", "overrides" })
            json.WriteProperty(name, test.Properties.GetValueOrDefault(name));

        WriteConfig(test);
        WriteDependencies(test);
        json.WriteEndObject();
    }

    private void WriteIdentity(Node node)
    {
        json.WriteString("unique_id", node.UniqueId);
        json.WriteString("name", node.Name);
        json.WriteString("resource_type", node.ResourceType.Name());
        json.WriteString("package_name", node.PackageName);
        json.WriteString("path", node.OriginalFilePath[(node.OriginalFilePath.IndexOf('/', StringComparison.Ordinal) + 1)..]);
        json.WriteString("original_file_path", node.OriginalFilePath);
        json.WriteTexts("fqn", node.Fqn);
        json.WriteString("description", node.Description);
    }

    private void WriteRelation(RelationNode node)
    {
        WritePlace(node.Relation.Database, node.Relation.Schema, node is SourceNode ? null : node.Relation.Identifier);
        json.WriteString("relation_name", node is ModelNode { IsEphemeral: true } or TestNode or AnalysisNode ? null : node.Relation.ToString());
        json.WriteTexts("tags", node.Tags);
        analysed.TryGetValue(node.UniqueId, out var known);
        WriteMeta(node.Meta, known);
        json.WriteStartObject("columns");
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (var declared in node.Columns)
        {
            if (written.Add(declared.Name))
                WriteColumn(declared, known?.Columns.FirstOrDefault(c => ColumnChecks.Same(c.Name, declared)), known);
        }

        foreach (var column in known?.Columns ?? [])
        {
            if (!node.Columns.Any(d => ColumnChecks.Same(column.Name, d)))
                WriteColumn(new ColumnDefinition(column.Name), column, known);
        }

        json.WriteEndObject();
        if (node is SourceNode)
            return;

        json.WriteStartObject("docs");
        json.WriteBoolean("show", value: true);
        json.WriteEndObject();
    }

    private void WritePlace(string database, string schema, string? alias)
    {
        json.WriteString("database", database);
        json.WriteString("schema", schema);
        if (alias is not null)
            json.WriteString("alias", alias);
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
            WriteConstraint(constraint, ofColumn: true);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteMeta(IReadOnlyDictionary<string, object?> meta, AnalysedNode? known)
    {
        json.WriteStartObject("meta");
        WriteMetaEntries(meta, known is { Lineage.Keys: { Count: > 0 } keys } ? () => WriteSources("keys", keys) : null);
        json.WriteEndObject();
    }

    /// <summary>A user's meta together with what is ours in it.</summary>
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

    private void WriteConstraint(ConstraintDefinition constraint, bool ofColumn)
    {
        json.WriteStartObject();
        json.WriteString("type", constraint.Type);
        json.WriteString("name", constraint.Name);
        json.WriteString("expression", constraint.Expression);
        if (!ofColumn)
            json.WriteTexts("columns", constraint.Columns);
        json.WriteString("to", constraint.To);
        json.WriteTexts("to_columns", constraint.ToColumns);
        json.WriteEndObject();
    }

    private void WriteConfig(Node node)
    {
        json.WriteStartObject("config");
        foreach (var (name, value) in node.Config.Values)
            json.WriteProperty(name, value);

        if (!node.Config.Values.ContainsKey("enabled"))
            json.WriteBoolean("enabled", node.Config.Enabled);

        if (!node.Config.Values.ContainsKey("materialized") && MaterializedOf(node) is { } materialized)
            json.WriteString("materialized", materialized);

        json.WriteEndObject();
    }

    private static string? MaterializedOf(Node node) => node switch
    {
        ModelNode model => model.Materialized,
        SeedNode => "seed",
        SnapshotNode => "snapshot",
        TestNode => "test",
        _ => null,
    };

    private void WriteDependencies(Node node)
    {
        json.WriteStartObject("depends_on");
        json.WriteTexts("macros", node.DependsOnMacros);
        if (node is not SeedNode)
            json.WriteTexts("nodes", node.DependsOn);
        json.WriteEndObject();
    }

    /// <summary>What a node reads, as its template names it; seeds and unit tests have no such lists.</summary>
    private void WriteReads(Node node)
    {
        json.WriteStartArray("refs");
        foreach (var id in node.DependsOn)
        {
            if (Find(id) is (ModelNode or SeedNode or SnapshotNode) and var referenced)
                WriteReference(referenced);
        }

        json.WriteEndArray();
        json.WriteStartArray("sources");
        foreach (var id in node.DependsOn)
        {
            if (Find(id) is not SourceNode source)
                continue;

            json.WriteStartArray();
            json.WriteStringValue(source.SourceName);
            json.WriteStringValue(source.Name);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteStartArray("metrics");
        json.WriteEndArray();
    }

    private Node? Find(string id) => project.Graph.TryGet(id, out var node) ? node : null;

    private void WriteReference(Node node)
    {
        json.WriteStartObject();
        json.WriteString("name", node.Name);
        json.WriteNull("package");
        json.WriteString("version", (node as ModelNode)?.Version);
        json.WriteEndObject();
    }

    private void WriteCode(Node node)
    {
        if (node is SeedNode seed)
            WriteChecksum(seed);
        if (node is not ITemplatedNode templated)
            return;

        json.WriteString("language", "sql");
        json.WriteString("raw_code", templated.Source.Text);
        json.WriteStartObject("checksum");
        json.WriteString("name", "sha256");
        json.WriteString("checksum", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(templated.Source.Text.Trim()))));
        json.WriteEndObject();
        var isCompiled = compiled.TryGetValue(node.UniqueId, out var sql);
        json.WriteBoolean("compiled", isCompiled);
        if (!isCompiled)
            return;

        json.WriteString("compiled_code", sql);
        json.WriteBoolean("extra_ctes_injected", value: true);
        json.WriteStartArray("extra_ctes");
        json.WriteEndArray();
    }

    /// <summary>A seed's content, so that a change of it is noticed; a large file is known by its path alone, as in dbt.</summary>
    private void WriteChecksum(SeedNode seed)
    {
        const int largest = 1024 * 1024;
        var file = new FileInfo(seed.FilePath);
        var isSmall = file.Exists && file.Length < largest;
        json.WriteStartObject("checksum");
        json.WriteString("name", isSmall ? "sha256" : "path");
        json.WriteString("checksum", isSmall ? Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(seed.FilePath))) : seed.OriginalFilePath);
        json.WriteEndObject();
    }

    private void WriteModel(ModelNode model)
    {
        json.WriteStartObject("contract");
        json.WriteBoolean("enforced", model.ContractEnforced);
        json.WriteBoolean("alias_types", value: true);
        json.WriteEndObject();
        json.WriteString("access", model.Access);
        json.WriteString("group", model.Group);
        json.WriteString("version", model.Version);
        json.WriteString("latest_version", model.LatestVersion);
        json.WriteStartArray("constraints");
        foreach (var constraint in model.Constraints)
            WriteConstraint(constraint, ofColumn: false);
        json.WriteEndArray();
    }

    private void WriteTest(TestNode test)
    {
        json.WriteString("column_name", test.ColumnName);
        json.WriteString("attached_node", test.AttachedNode);
        json.WriteString("file_key_name", test.AttachedNode is { } id && Find(id) is { } attached ? $"{attached.ResourceType.Name()}s.{attached.Name}" : null);
        if (test.TestName is not { } name)
            return;

        var dot = name.IndexOf('.', StringComparison.Ordinal);
        json.WriteStartObject("test_metadata");
        json.WriteString("name", dot < 0 ? name : name[(dot + 1)..]);
        json.WriteString("namespace", dot < 0 ? null : name[..dot]);
        json.WriteProperty("kwargs", test.Arguments);
        json.WriteEndObject();
    }
}
