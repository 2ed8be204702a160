using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Models.Compiler.Graph;
using Models.Compiler.Templates.Rendering;

namespace Models.Compiler.Context;

/// <summary>A node as templates see it (<c>model</c>, <c>graph.nodes</c>, a macro's <c>node</c>): a dict with the manifest's keys.</summary>
internal static class NodeDictionary
{
    public static JinjaDict Of(Node node)
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
            ["depends_on"] = new JinjaDict { ["nodes"] = ToList(node.DependsOn), ["macros"] = ToList(node.DependsOnMacros) },
            ["unrendered_config"] = new JinjaDict(node.UnrenderedConfig),
            ["docs"] = node.Config.TryGet("docs", out var docs) && docs is JinjaDict ? docs : new JinjaDict { ["show"] = true, ["node_color"] = null },
            ["build_path"] = null,
            ["created_at"] = 0.0,
        };
        if (node is RelationNode relation)
            AddRelation(dict, relation);
        if (Checksum(node) is { } checksum)
            dict["checksum"] = new JinjaDict { ["name"] = "sha256", ["checksum"] = checksum };
        if (node is ITemplatedNode templated)
        {
            dict["raw_code"] = RawCode(templated);
            dict["raw_sql"] = RawCode(templated);
            dict["language"] = "sql";
        }

        AddOwn(dict, node);
        return dict;
    }

    /// <summary>The settings in a dict whose keys also answer under Python names (pre_hook beside pre-hook).</summary>
    public static JinjaDict ConfigOf(Node node) => new(node.Config.Values);

    public static JinjaDict Column(ColumnDefinition column) => new()
    {
        ["name"] = column.Name,
        ["description"] = column.Description,
        ["meta"] = new JinjaDict(column.Meta),
        ["data_type"] = column.DataType,
        ["constraints"] = new JinjaList(column.Constraints.Select(Constraint)),
        ["quote"] = column.Quote ? true : null,
        ["tags"] = ToList(column.Tags),
    };

    /// <summary>A template as dbt keeps it: a file without what is blank around it, a snapshot's block as it stands.</summary>
    public static string RawCode(ITemplatedNode node) => node is SnapshotNode ? node.Source.Text : node.Source.Text.Trim();

    /// <summary>A date of deprecation as dbt writes it, a moment with its offset; null where there is none.</summary>
    public static string? DeprecationDate(ModelNode model) => model.DeprecatedFrom?.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture) ?? model.DeprecationDate;

    private static string? Checksum(Node node) => node switch
    {
        ITemplatedNode templated => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(templated.Source.Text.Trim()))),
        SeedNode seed when File.Exists(seed.FilePath) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(seed.FilePath))),
        _ => null,
    };

    private static object? Constraint(ConstraintDefinition constraint) => new JinjaDict
    {
        ["type"] = constraint.Type,
        ["name"] = constraint.Name,
        ["expression"] = constraint.Expression,
        ["columns"] = ToList(constraint.Columns),
        ["to"] = constraint.To,
        ["to_columns"] = ToList(constraint.ToColumns),
        ["warn_unenforced"] = true,
        ["warn_unsupported"] = true,
    };

    private static void AddRelation(JinjaDict dict, RelationNode node)
    {
        dict["database"] = node.Relation.AsWritten.Database;
        dict["schema"] = node.Relation.AsWritten.Schema;
        if (node is not SourceNode)
            dict["alias"] = node.Relation.AsWritten.Identifier;
        dict["relation_name"] = node is ModelNode { IsEphemeral: true } ? null : node.Relation.ToString();
        var columns = new JinjaDict();
        foreach (var column in node.Columns)
            columns[column.Name] = Column(column);
        dict["columns"] = columns;
    }

    private static void AddOwn(JinjaDict dict, Node node)
    {
        switch (node)
        {
            case ModelNode model:
                dict["version"] = Number(model.Version);
                dict["latest_version"] = Number(model.LatestVersion);
                dict["access"] = model.Access;
                dict["deprecation_date"] = DeprecationDate(model);
                dict["primary_key"] = new JinjaList();
                dict["time_spine"] = model.TimeSpine;
                dict["constraints"] = new JinjaList(model.Constraints.Select(Constraint));
                dict["contract"] = new JinjaDict { ["enforced"] = model.ContractEnforced, ["alias_types"] = true };
                break;
            case SourceNode source:
                dict["source_name"] = source.SourceName;
                dict["source_description"] = source.SourceDescription;
                dict["source_meta"] = new JinjaDict(source.SourceMeta);
                dict["identifier"] = source.Relation.AsWritten.Identifier;
                dict["loader"] = source.Loader;
                dict["loaded_at_field"] = source.LoadedAtField;
                dict["loaded_at_query"] = source.LoadedAtQuery;
                dict["freshness"] = source.Freshness is null ? null : new JinjaDict(source.Freshness);
                break;
            case TestNode { TestName: not null } test:
                dict["test_metadata"] = new JinjaDict
                {
                    ["name"] = test.TestName,
                    ["namespace"] = test.TestNamespace,
                    ["kwargs"] = new JinjaDict(test.Arguments),
                };
                dict["column_name"] = test.ColumnName;
                dict["attached_node"] = test.AttachedNode;
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
                    // what an exposure depends on is resolved by now
                    if (key is not ("depends_on" or "description" or "config" or "tags" or "meta"))
                        dict[key] = value;
                }

                break;
        }
    }

    /// <summary>A version that is a number is one in templates.</summary>
    private static object? Number(string? version) => long.TryParse(version, out var number) ? number : version;

    private static JinjaList ToList(IEnumerable<string> items)
    {
        var list = new JinjaList();
        foreach (var item in items)
            list.Add(item);

        return list;
    }
}
