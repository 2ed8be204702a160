using Models.Jinja.Rendering;
using Models.Project.Graph;

namespace Models.Rendering.Context;

/// <summary>Converts a node for templates (<c>model</c>, <c>graph.nodes</c>, a macro's <c>node</c>): a dict with the manifest's keys.</summary>
internal static class NodeDictionary
{
    /// <param name="node">The node.</param>
    /// <param name="relations">The relations of nodes in this run.</param>
    public static JinjaDict Of(Node node, RelationMap relations)
    {
        var dict = new JinjaDict
        {
            ["unique_id"] = node.UniqueId,
            ["name"] = node.Name,
            ["resource_type"] = node.ResourceType.Name(),
            ["package_name"] = node.PackageName,
            ["path"] = node.PathInFolder,
            ["original_file_path"] = node.OriginalFilePath,
            ["patch_path"] = node.PatchPath,
            ["fqn"] = ToList(node.Fqn),
            ["description"] = node.Description,
            ["tags"] = ToList(node.Tags),
            ["meta"] = new JinjaDict(node.Meta),
            ["group"] = node.Group,
            ["config"] = ConfigOf(node),
            ["refs"] = new JinjaList(node.Refs.Select(r => (object?)new JinjaDict { ["name"] = r.Name, ["package"] = r.Package, ["version"] = r.Version })),
            ["sources"] = new JinjaList(node.SourceRefs.Select(s => (object?)new JinjaList([s.SourceName, s.TableName]))),
            ["depends_on"] = new JinjaDict { ["nodes"] = ToList(node.DependsOn), ["macros"] = ToList(node.DirectMacros) },
            ["unrendered_config"] = new JinjaDict(node.UnrenderedConfig),
            ["docs"] = node.Config.TryGet("docs", out var docs) && docs is JinjaDict ? docs : new JinjaDict { ["show"] = true, ["node_color"] = null },
            ["build_path"] = null,
            ["created_at"] = 0.0,
        };
        if (node is RelationNode relation)
            AddRelation(dict, relation, relations.Of(relation));
        if (NodeChecksum.Of(node) is { } checksum)
            dict["checksum"] = new JinjaDict { ["name"] = checksum.Name, ["checksum"] = checksum.Value };
        if (node is ITemplatedNode templated)
        {
            dict["raw_code"] = RawCode(templated);
            dict["raw_sql"] = RawCode(templated);
            dict["language"] = "sql";
        }

        AddOwn(dict, node);
        return dict;
    }

    /// <summary>The settings as a dict whose keys also have Python names (pre_hook for pre-hook).</summary>
    public static JinjaDict ConfigOf(Node node) => new(node.Config.Values);

    public static JinjaDict Column(ColumnDefinition column) => new()
    {
        ["name"] = column.Name,
        ["description"] = column.Description,
        ["meta"] = new JinjaDict(column.Meta),
        ["data_type"] = column.DataType,
        ["constraints"] = new JinjaList(column.Constraints.Select(c => (object?)TypedProperties.Constraint(c))),
        ["quote"] = column.Quote ? true : null,
        ["tags"] = ToList(column.Tags),
    };

    /// <summary>A template as dbt stores it: a file is trimmed, a snapshot's block is unchanged.</summary>
    public static string RawCode(ITemplatedNode node) => node is SnapshotNode ? node.Source.Text : node.Source.Text.Trim();

    private static void AddRelation(JinjaDict dict, RelationNode node, Relation relation)
    {
        var written = relation.AsWritten;
        dict["database"] = written.Database;
        dict["schema"] = written.Schema;
        if (node is not SourceNode)
            dict["alias"] = written.Identifier;
        dict["relation_name"] = node is ModelNode { IsEphemeral: true } ? null : relation.ToString();
        var columns = new JinjaDict();
        foreach (var column in node.Columns)
            columns[column.Name] = Column(column);
        dict["columns"] = columns;
    }

    private static void AddOwn(JinjaDict dict, Node node)
    {
        foreach (var property in TypedProperties.Of(node))
            dict[property.Key] = property.Template(node);

        switch (node)
        {
            case TestNode { TestName: not null } test:
                dict["test_metadata"] = new JinjaDict
                {
                    ["name"] = test.TestName,
                    ["namespace"] = test.TestNamespace,
                    ["kwargs"] = new JinjaDict(test.Arguments),
                };
                break;
            case SeedNode seed:
                dict["root_path"] = seed.FilePath[..^Math.Min(seed.FilePath.Length, seed.OriginalFilePath.Length)].TrimEnd('/', '\\');
                break;
            case SemanticNode semantic:
                foreach (var (key, value) in semantic.Properties)
                    dict[key] = value;
                break;
            case ExposureNode exposure:
                foreach (var (key, value) in exposure.Properties)
                {
                    // the dependencies of an exposure are resolved already
                    if (key is not ("depends_on" or "description" or "config" or "tags" or "meta"))
                        dict[key] = value;
                }

                break;
        }
    }

    private static JinjaList ToList(IEnumerable<string> items)
    {
        var list = new JinjaList();
        foreach (var item in items)
            list.Add(item);

        return list;
    }
}
