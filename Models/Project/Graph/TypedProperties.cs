using System.Globalization;
using Models.Jinja.Rendering;

namespace Models.Project.Graph;

/// <summary>
/// The properties that models, sources and tests have beyond those of every node. This table alone decides what templates see of them
/// (<c>model.access</c>), which of their keys a properties file may contain, what the manifest shows, what the parse cache stores and what state
/// comparison reads. The cache stores required properties,
/// such as the name of a source, separately.
/// </summary>
public static class TypedProperties
{
    private static readonly TypedProperty[] s_model =
    [
        Shown<ModelNode>("contract", m => new JinjaDict
            {
                ["enforced"] = m.ContractEnforced, ["alias_types"] = AliasesTypes(m), ["checksum"] = ContractChecksum.Of(m),
            })
            .KeptAs<ModelNode>(m => m.ContractEnforced ? true : null, (m, value) => m with { ContractEnforced = value is true }),
        Shown<ModelNode>("access", m => m.Access).FromYaml()
            .KeptAs<ModelNode>(m => m.Access == "protected" ? null : m.Access, (m, value) => m with { Access = (string)value })
            .Compared<ModelNode>((m, then) => m.Access == then),
        Shown<ModelNode>("version", m => Number(m.Version), m => m.Version).KeptAs<ModelNode>(m => m.Version, (m, value) => m with { Version = (string)value }),
        Shown<ModelNode>("latest_version", m => Number(m.LatestVersion), m => m.LatestVersion).FromYaml()
            .KeptAs<ModelNode>(m => m.LatestVersion, (m, value) => m with { LatestVersion = (string)value })
            .Compared<ModelNode>((m, then) => m.LatestVersion == then),
        Shown<ModelNode>("deprecation_date", DeprecationDate).FromYaml()
            .KeptAs<ModelNode>(m => m.DeprecationDate, (m, value) => m with { Properties = m.Properties with { DeprecationDate = (string)value } })
            .Compared<ModelNode>((m, then) => m.DeprecatedFrom == ModelNode.Moment(then)),
        Shown<ModelNode>("constraints", m => new JinjaList(m.Constraints.Select(c => (object?)Constraint(c)))).FromYaml()
            .KeptAs<ModelNode>(
                m => m.Constraints.Count == 0 ? null : new JinjaList(m.Constraints.Select(c => (object?)Constraint(c))),
                (m, value) => m with { Properties = m.Properties with { Constraints = [.. ((JinjaList)value).Cast<JinjaDict>().Select(Restored)] } }),
        Shown<ModelNode>("time_spine", m => m.Properties.TimeSpine).FromYaml().OnlyInTemplates()
            .KeptAs<ModelNode>(m => m.Properties.TimeSpine, (m, value) => m with { Properties = m.Properties with { TimeSpine = value } }),
        Shown<ModelNode>("primary_key", _ => new JinjaList()).FromYaml().OnlyInTemplates(),
    ];

    private static readonly TypedProperty[] s_source =
    [
        Shown<SourceNode>("source_name", s => s.SourceName),
        Shown<SourceNode>("source_description", s => s.SourceDescription)
            .KeptAs<SourceNode>(s => NotEmpty(s.SourceDescription), (s, value) => s with { SourceDescription = (string)value }),
        Shown<SourceNode>("source_meta", s => new JinjaDict(s.SourceMeta))
            .KeptAs<SourceNode>(
                s => s.SourceMeta.Count == 0 ? null : Map(s.SourceMeta), (s, value) => s with { SourceMeta = (Dictionary<string, object?>)value }),
        Shown<SourceNode>("identifier", s => s.Relation.AsWritten.Identifier).FromYaml(),
        Shown<SourceNode>("loader", s => s.Loader).FromYaml().KeptAs<SourceNode>(s => NotEmpty(s.Loader), (s, value) => s with { Loader = (string)value }),
        Shown<SourceNode>("loaded_at_field", s => s.LoadedAtField).FromYaml()
            .KeptAs<SourceNode>(s => s.LoadedAtField, (s, value) => s with { LoadedAtField = (string)value }),
        Shown<SourceNode>("loaded_at_query", s => s.LoadedAtQuery).FromYaml()
            .KeptAs<SourceNode>(s => s.LoadedAtQuery, (s, value) => s with { LoadedAtQuery = (string)value }),
        Shown<SourceNode>("freshness", s => s.Freshness is null ? null : new JinjaDict(s.Freshness)).FromYaml()
            .KeptAs<SourceNode>(s => s.Freshness is null ? null : Map(s.Freshness), (s, value) => s with { Freshness = (Dictionary<string, object?>)value }),
        Shown<SourceNode>("external", _ => null).FromYaml(),
        Shown<SourceNode>("unrendered_database", s => s.UnrenderedDatabase)
            .KeptAs<SourceNode>(s => s.UnrenderedDatabase, (s, value) => s with { UnrenderedDatabase = (string)value }),
        Shown<SourceNode>("unrendered_schema", s => s.UnrenderedSchema)
            .KeptAs<SourceNode>(s => s.UnrenderedSchema, (s, value) => s with { UnrenderedSchema = (string)value }),
    ];

    private static readonly TypedProperty[] s_test =
    [
        Shown<TestNode>("column_name", t => t.ColumnName),
        Shown<TestNode>("attached_node", t => t.AttachedNode),
    ];

    private static readonly TypedProperty[] s_function =
    [
        Shown<FunctionNode>("arguments", f => FunctionProperties.Of(f.Arguments))
            .KeptAs<FunctionNode>(f => FunctionProperties.Of(f.Arguments), (f, value) => f with { Arguments = FunctionProperties.Arguments(value) }),
        Shown<FunctionNode>("returns", f => FunctionProperties.Of(f.Returns))
            .KeptAs<FunctionNode>(f => FunctionProperties.Of(f.Returns), (f, value) => f with { Returns = FunctionProperties.Returns(value)! }),
        Shown<FunctionNode>("overloads", f => FunctionProperties.Of(f.Overloads, withFile: false))
            .KeptAs<FunctionNode>(
                f => f.Overloads.Count == 0 ? null : FunctionProperties.Of(f.Overloads, withFile: true),
                (f, value) => f with { Overloads = FunctionProperties.Overloads(value) }),
    ];

    /// <summary>The typed properties of a node, in the manifest's order.</summary>
    public static IReadOnlyList<TypedProperty> Of(Node node) => node switch
    {
        ModelNode => s_model,
        SourceNode => s_source,
        TestNode => s_test,
        FunctionNode => s_function,
        _ => [],
    };

    /// <summary>The properties of models that are keys of a properties file.</summary>
    public static IReadOnlyList<string> ModelKeys => YamlKeys(s_model);

    /// <summary>The properties of a source's tables that are keys of a properties file.</summary>
    public static IReadOnlyList<string> SourceTableKeys => YamlKeys(s_source);

    /// <summary>Converts a constraint to its form in templates and the manifest.</summary>
    public static JinjaDict Constraint(ConstraintDefinition constraint) => new()
    {
        ["type"] = constraint.Type,
        ["name"] = constraint.Name,
        ["expression"] = constraint.Expression,
        ["columns"] = new JinjaList(constraint.Columns),
        ["to"] = constraint.To,
        ["to_columns"] = new JinjaList(constraint.ToColumns),
        ["warn_unenforced"] = true,
        ["warn_unsupported"] = constraint.WarnUnsupported,
    };

    private static ConstraintDefinition Restored(JinjaDict kept) => new((string)kept["type"]!)
    {
        Name = kept["name"] as string,
        Expression = kept["expression"] as string,
        Columns = [.. ((JinjaList)kept["columns"]!).Cast<string>()],
        To = kept["to"] as string,
        ToColumns = [.. ((JinjaList)kept["to_columns"]!).Cast<string>()],
        WarnUnsupported = kept["warn_unsupported"] is true,
    };

    /// <summary>The deprecation date as dbt writes it, with its offset; null if there is none.</summary>
    private static string? DeprecationDate(ModelNode model) =>
        model.DeprecatedFrom?.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture) ?? model.DeprecationDate;

    private static bool AliasesTypes(ModelNode model) =>
        !model.Config.TryGet("contract", out var contract) || MappingValue.Value(contract, "alias_types") is not false;

    /// <summary>A numeric version is a number in templates.</summary>
    private static object? Number(string? version) => long.TryParse(version, CultureInfo.InvariantCulture, out var number) ? number : version;

    private static string[] YamlKeys(TypedProperty[] properties) => [.. properties.Where(p => p.IsYamlKey).Select(p => p.Key)];

    private static string? NotEmpty(string text) => text.Length == 0 ? null : text;

    private static Dictionary<string, object?> Map(IReadOnlyDictionary<string, object?> entries) => new(entries, StringComparer.Ordinal);

    private static TypedProperty Shown<TNode>(string key, Func<TNode, object?> template, Func<TNode, object?>? manifest = null)
        where TNode : Node => new(key, n => template((TNode)n)) { Manifest = manifest is null ? null : n => manifest((TNode)n) };

    private static TypedProperty FromYaml(this TypedProperty property) => property with { IsYamlKey = true };

    private static TypedProperty OnlyInTemplates(this TypedProperty property) => property with { IsInManifest = false };

    private static TypedProperty KeptAs<TNode>(this TypedProperty property, Func<TNode, object?> kept, Func<TNode, object, TNode> restore)
        where TNode : Node => property with { Kept = n => kept((TNode)n), Restore = (n, value) => restore((TNode)n, value) };

    private static TypedProperty Compared<TNode>(this TypedProperty property, Func<TNode, string?, bool> isSameAs)
        where TNode : Node => property with { IsSameAs = (n, then) => isSameAs((TNode)n, then) };
}
