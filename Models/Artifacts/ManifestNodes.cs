using System.Text.Json;
using Models.Analysis;
using Models.Parsing;
using Models.Project.Graph;
using Models.Rendering.Nodes;

namespace Models.Artifacts;

/// <summary>
/// Writes the nodes of a manifest. Source: dbt's public schema of manifest.json, version 12. Data that the schema lacks, the types and the lineage of
/// columns, is written to <c>meta.leadline</c>, because dbt leaves <c>meta</c> to its users.
/// </summary>
internal sealed class ManifestNodes(
    Utf8JsonWriter json, ParsedProject project, ICompiledSql compiled, IReadOnlyDictionary<string, AnalysedNode> analysed)
{
    private readonly ManifestColumns _columns = new(json);
    private readonly ManifestReferences _references = new(json, project);
    private readonly ManifestCode _code = new(json, compiled);

    /// <summary>Writes the entries that are not nodes to the same JSON.</summary>
    public ManifestDefinitions Definitions { get; } = new(json);

    public void WriteNode(Node node)
    {
        json.WritePropertyName(node.UniqueId);
        WriteBody(node);
    }

    /// <summary>Writes disabled nodes. Several may have the same id, so that the entry is a list.</summary>
    public void WriteDisabled(IGrouping<string, Node> nodes)
    {
        json.WriteStartArray(nodes.Key);
        foreach (var node in nodes)
        {
            if (node is SourceNode source)
                WriteSourceBody(source);
            else if (node is SemanticNode semantic)
                WriteSemanticBody(semantic);
            else if (node is ExposureNode exposure)
                WriteExposureBody(exposure);
            else if (node is UnitTestNode test)
                WriteUnitTestBody(test);
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
        _references.WriteDependencies(node);
        if (node is not SeedNode)
            _references.WriteReads(node);
        _code.WriteCode(node);
        WriteTyped(node);
        switch (node)
        {
            case ModelNode model:
                json.WriteString("group", node.Group);
                json.WriteTexts("primary_key", project.PrimaryKeyOf(model));
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
        WriteTyped(source);
        json.WriteEndObject();
    }

    public void WriteExposure(ExposureNode exposure)
    {
        json.WritePropertyName(exposure.UniqueId);
        WriteExposureBody(exposure);
    }

    private void WriteExposureBody(ExposureNode exposure)
    {
        json.WriteStartObject();
        WriteIdentity(exposure);
        json.WriteTexts("tags", exposure.Tags);
        json.WriteProperty("meta", exposure.Meta);
        foreach (var name in new[] { "type", "owner", "label", "maturity", "url" })
            json.WriteProperty(name, exposure.Properties.GetValueOrDefault(name));

        WriteConfig(exposure);
        _references.WriteDependencies(exposure);
        _references.WriteReads(exposure);
        json.WriteEndObject();
    }

    public void WriteSemantic(SemanticNode node)
    {
        json.WritePropertyName(node.UniqueId);
        WriteSemanticBody(node);
    }

    private void WriteSemanticBody(SemanticNode node)
    {
        json.WriteStartObject();
        WriteIdentity(node);
        foreach (var (name, value) in node.Properties)
            json.WriteProperty(name, value);

        // a disabled semantic model has no relation
        if (node is SemanticModelNode && !node.Properties.ContainsKey("node_relation"))
            json.WriteNull("node_relation");
        if (node is not SemanticModelNode)
            json.WriteTexts("tags", node.Tags);
        json.WriteString("group", node.Group);
        if (node is MetricNode)
            json.WriteProperty("meta", node.Meta);
        WriteConfig(node);
        _references.WriteDependencies(node);
        _references.WriteRefs(node);
        if (node is MetricNode)
            _references.WriteMetrics(node);
        json.WriteNumber("created_at", 0);
        json.WriteEndObject();
    }

    public void WriteUnitTest(UnitTestNode test)
    {
        json.WritePropertyName(test.UniqueId);
        WriteUnitTestBody(test);
    }

    private void WriteUnitTestBody(UnitTestNode test)
    {
        json.WriteStartObject();
        WriteIdentity(test);
        json.WriteString("model", project.Graph.TryGet(test.Model, out var model) ? model.Name : test.Model);
        foreach (var (name, value) in project.DeclarationOf(test))
            json.WriteProperty(name, value);

        WriteConfig(test);
        _references.WriteDependencies(test);
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
        WritePlace(node.Relation.AsWritten.Database, node.Relation.AsWritten.Schema, node is SourceNode ? null : node.Relation.AsWritten.Identifier);
        json.WriteString("relation_name", HasRelation(node) ? node.Relation.ToString() : null);
        json.WriteTexts("tags", node.Tags);
        analysed.TryGetValue(node.UniqueId, out var known);
        _columns.WriteMeta(node.Meta, known);
        _columns.WriteColumns(node.Columns, known);
        if (node is SourceNode)
            return;

        node.Config.TryGet("docs", out var docs);
        json.WriteStartObject("docs");
        json.WriteBoolean("show", MappingValue.Value(docs, "show") is not false);
        json.WriteString("node_color", MappingValue.Value(docs, "node_color") as string);
        json.WriteEndObject();
    }

    /// <summary>A test has a relation if its configuration stores failures.</summary>
    private static bool HasRelation(RelationNode node) => node switch
    {
        ModelNode model => !model.IsEphemeral,
        TestNode test => test.Config.GetBoolean("store_failures", otherwise: false),
        AnalysisNode => false,
        _ => true,
    };

    private void WritePlace(string database, string schema, string? alias)
    {
        json.WriteString("database", database);
        json.WriteString("schema", schema);
        if (alias is not null)
            json.WriteString("alias", alias);
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
        if (node is UnitTestNode)
            return;

        json.WriteStartObject("unrendered_config");
        foreach (var (name, value) in node.UnrenderedConfig)
            json.WriteProperty(name, value);

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

    private void WriteTyped(Node node)
    {
        foreach (var property in TypedProperties.Of(node))
        {
            if (property.IsInManifest)
                json.WriteProperty(property.Key, property.ManifestValue(node));
        }
    }

    private void WriteTest(TestNode test)
    {
        json.WriteString("file_key_name", test.AttachedNode is { } id && project.Graph.TryGet(id, out var attached)
            ? $"{attached.ResourceType.Name()}s.{attached.Name}"
            : null);
        if (test.TestName is not { } name)
            return;

        json.WriteStartObject("test_metadata");
        json.WriteString("name", name);
        json.WriteString("namespace", test.TestNamespace);
        json.WriteProperty("kwargs", test.Arguments);
        json.WriteEndObject();
    }
}
