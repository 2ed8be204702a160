using Models.Jinja.Rendering;
using Models.Project.Graph;
using Models.Rendering.Context.Functions;

namespace Models.Rendering.Context.Adapter;

/// <summary>A relation in templates. Source: docs.getdbt.com/reference/dbt-classes#relation.</summary>
internal sealed record RelationObject : IJinjaObject, IJinjaMapping
{
    public string? Database { get; init; }

    public string? Schema { get; init; }

    public string? Identifier { get; init; }

    /// <c>table</c>, <c>view</c>, <c>materialized_view</c>, <c>cte</c>, <c>external</c>, or null if unknown.
    public string? Type { get; init; }

    public bool IncludeDatabase { get; init; } = true;

    public bool IncludeSchema { get; init; } = true;

    public bool IncludeIdentifier { get; init; } = true;

    public bool QuoteDatabase { get; init; } = true;

    public bool QuoteSchema { get; init; } = true;

    public bool QuoteIdentifier { get; init; } = true;

    /// <summary>Text to print instead of the name: a CTE's name, or a query in parentheses.</summary>
    public string? Replacement { get; init; }

    public static RelationObject From(Relation relation, string? type = null) =>
        new()
        {
            Database = relation.AsWritten.Database,
            Schema = relation.AsWritten.Schema,
            Identifier = relation.AsWritten.Identifier,
            QuoteDatabase = relation.Spelling?.Database is null,
            QuoteSchema = relation.Spelling?.Schema is null,
            QuoteIdentifier = relation.Spelling?.Identifier is null,
            Type = type,
        };

    public static RelationObject Cte(string name, Relation relation) => From(relation, "cte") with { Replacement = name };

    /// <summary>Converts to a relation for database queries; missing parts are taken from <paramref name="otherwise"/>.</summary>
    public Relation ToRelation(Relation otherwise) =>
        new(
            NameOnServer(Database, QuoteDatabase) ?? otherwise.Database,
            NameOnServer(Schema, QuoteSchema) ?? otherwise.Schema,
            NameOnServer(Identifier, QuoteIdentifier) ?? otherwise.Identifier);

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "database" => Database,
            "schema" => Schema,
            "identifier" or "name" or "table" => Identifier,
            "type" => Type,
            "is_table" => Type == "table",
            "is_view" => Type == "view",
            "is_materialized_view" => Type == "materialized_view",
            "is_cte" => Type == "cte",
            "is_pointer" or "is_function" or "is_dynamic_table" or "is_iceberg_format" => false,
            "can_be_renamed" => Type is "table" or "view" or "materialized_view",
            "can_be_replaced" => Type is "table" or "view",
            "path" => new JinjaDict { ["database"] = Database, ["schema"] = Schema, ["identifier"] = Identifier },
            "quote_policy" => new JinjaDict { ["database"] = QuoteDatabase, ["schema"] = QuoteSchema, ["identifier"] = QuoteIdentifier },
            "include_policy" => new JinjaDict { ["database"] = IncludeDatabase, ["schema"] = IncludeSchema, ["identifier"] = IncludeIdentifier },
            "quote_character" => "\"",
            // packages use this to tell a relation from a string
            "metadata" => new JinjaDict { ["type"] = "PostgresRelation" },
            "View" => "view",
            "Table" => "table",
            "CTE" => "cte",
            "MaterializedView" => "materialized_view",
            "External" => "external",
            _ => Method(name),
        };
        return value is not null || name is "database" or "schema" or "identifier" or "name" or "table" or "type";
    }

    public bool TryGetItem(object? key, out object? value)
    {
        value = null;
        return key is string name && TryGetAttribute(name, out value);
    }

    /// <summary>Returns the text that a template prints.</summary>
    public override string ToString() => Replacement ?? Render();

    public string Render()
    {
        var parts = new List<string>(3);
        if (IncludeDatabase && Database is not null)
            parts.Add(Part(Database, QuoteDatabase));
        if (IncludeSchema && Schema is not null)
            parts.Add(Part(Schema, QuoteSchema));
        if (IncludeIdentifier && Identifier is not null)
            parts.Add(Part(Identifier, QuoteIdentifier));
        return string.Join('.', parts);
    }

    private HostFunction? Method(string name) => name switch
    {
        "get" => new("get(key, default?)", a => TryGetAttribute(a.Text(0), out var found) ? found : a[1]),
        "render" => new("render()", _ => Render()),
        "include" => new("include(database?, schema?, identifier?)", a => this with
        {
            IncludeDatabase = a.Boolean(0, IncludeDatabase),
            IncludeSchema = a.Boolean(1, IncludeSchema),
            IncludeIdentifier = a.Boolean(2, IncludeIdentifier),
        }),
        "quote" => new("quote(database?, schema?, identifier?)", a => this with
        {
            QuoteDatabase = a.Boolean(0, QuoteDatabase),
            QuoteSchema = a.Boolean(1, QuoteSchema),
            QuoteIdentifier = a.Boolean(2, QuoteIdentifier),
        }),
        "quoted" => new("quoted(identifier)", a => Relation.Quote(a.Text(0))),
        "incorporate" => new("incorporate(path?, type?, **)", Incorporate),
        "replace_path" => new("replace_path(database?, schema?, identifier?)", a => this with
        {
            Database = a.Has(0) ? a.OptionalText(0) : Database,
            Schema = a.Has(1) ? a.OptionalText(1) : Schema,
            Identifier = a.Has(2) ? a.OptionalText(2) : Identifier,
            Replacement = null,
        }),
        "without_identifier" => new("without_identifier()", _ => this with { IncludeIdentifier = false, Identifier = null, Replacement = null }),
        "matches" => new("matches(database?, schema?, identifier?)", a =>
            Matches(a.OptionalText(0), Database, QuoteDatabase) && Matches(a.OptionalText(1), Schema, QuoteSchema)
                && Matches(a.OptionalText(2), Identifier, QuoteIdentifier)),
        "information_schema" => new("information_schema(view_name?)", a => InformationSchema(a.OptionalText(0))),
        "information_schema_only" => new("information_schema_only()", _ => InformationSchema(view: null)),
        "create" => new("create(database?, schema?, identifier?, type?, **)", Create),
        "create_from" => new("create_from(quoting?, relation_config?, **)", _ => this),
        "get_materialized_view_config_change_collection" =>
            new("get_materialized_view_config_change_collection(described, model)", a => MaterializedViewChanges.Find(a[0], a[1])),
        "scd_args" => new("scd_args(primary_key, updated_at)", a => new JinjaList([.. TemplateItems.Texts(a[0]), a[1]])),
        "get_relation_type" => new("get_relation_type()", _ => Type),
        "render_limited" => new("render_limited()", _ => ToString()),
        "relation_max_name_length" => new("relation_max_name_length()", _ => (long)ServerName.LongestName),
        "leadline_suffixed_identifier" => new("leadline_suffixed_identifier(suffix)", a => ServerName.WithSuffix(Identifier ?? "", a.Text(0))),
        "to_dict" => new("to_dict()", _ => new JinjaDict { ["database"] = Database, ["schema"] = Schema, ["identifier"] = Identifier, ["type"] = Type }),
        _ => null,
    };

    /// <summary><c>api.Relation.create</c>.</summary>
    public static RelationObject Create(BoundArguments a)
    {
        var quoting = a.Node.Project.Quoting;
        var relation = new RelationObject
        {
            Database = a.OptionalText(0),
            Schema = a.OptionalText(1),
            Identifier = a.OptionalText(2),
            Type = a.OptionalText(3),
            QuoteDatabase = QuotingFold.IsQuoted("database", quoting),
            QuoteSchema = QuotingFold.IsQuoted("schema", quoting),
            QuoteIdentifier = QuotingFold.IsQuoted("identifier", quoting),
        };
        foreach (var (key, value) in a.Keywords)
        {
            if (key == "quote_policy" && value is JinjaDict policy)
            {
                relation = relation with
                {
                    QuoteDatabase = Flag(a.Context, policy, "database", relation.QuoteDatabase),
                    QuoteSchema = Flag(a.Context, policy, "schema", relation.QuoteSchema),
                    QuoteIdentifier = Flag(a.Context, policy, "identifier", relation.QuoteIdentifier),
                };
            }
        }

        return relation;
    }

    private RelationObject Incorporate(BoundArguments a)
    {
        var changed = this with { Type = a.Has(1) ? a.OptionalText(1) : Type, Replacement = null };
        if (a[0] is not JinjaDict path)
            return changed;

        return changed with
        {
            Database = path.TryGetValue("database", out var database) ? AsText(database) : Database,
            Schema = path.TryGetValue("schema", out var schema) ? AsText(schema) : Schema,
            Identifier = path.TryGetValue("identifier", out var identifier) ? AsText(identifier) : Identifier,
        };
    }

    private RelationObject InformationSchema(string? view) => this with
    {
        Schema = "information_schema",
        Identifier = view,
        QuoteSchema = false,
        QuoteIdentifier = false,
        Type = view is null ? null : "view",
        Replacement = null,
    };

    private static bool Flag(CallContext context, JinjaDict policy, string key, bool otherwise) =>
        policy.TryGetValue(key, out var value) ? context.IsTrue(value) : otherwise;

    private static string? AsText(object? value) => value is null ? null : PythonText.Str(value);

    private static bool Matches(string? asked, string? mine, bool isQuoted) =>
        asked is null || string.Equals(asked, mine, isQuoted ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns a name as the server stores it.</summary>
    private static string? NameOnServer(string? name, bool isQuoted) => isQuoted || name is null ? name : Relation.Fold(name);

    private static string Part(string name, bool quote) => quote ? Relation.Quote(name) : name;
}
