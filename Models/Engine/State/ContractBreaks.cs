using System.Text.Json;
using Models.Parsing;
using Models.Project.Graph;

namespace Models.Engine.State;

/// <summary>
/// Finds changes since an earlier manifest that break what an enforced contract promised to the readers of its model: a removed model, column, type or
/// constraint. Source: docs.getdbt.com/reference/resource-configs/contract, on breaking changes.
/// </summary>
internal sealed class ContractBreaks(ParsedProject project)
{
    /// <summary>The broken contract of one model.</summary>
    /// <param name="IsVersioned">Whether the model is versioned, so that a new version is the way to change it.</param>
    /// <param name="Message">One line that names the model and every change.</param>
    public sealed record Break(bool IsVersioned, string Message);

    public static bool IsEnforced(JsonElement then) =>
        then.TryGetProperty("contract", out var contract) && contract.ValueKind == JsonValueKind.Object
        && contract.TryGetProperty("enforced", out var enforced) && enforced.ValueKind == JsonValueKind.True;

    public IEnumerable<Break> Find(IEnumerable<KeyValuePair<string, JsonElement>> earlier)
    {
        foreach (var (id, then) in earlier)
        {
            if (PreviousArtifacts.Text(then, "resource_type") != "model" || !IsEnforced(then))
                continue;

            var changes = project.Graph.TryGet(id, out var node) ? Changes((ModelNode)node, then) : Removal(id, then);
            if (changes.Count > 0)
                yield return new Break(then.TryGetProperty("version", out var version) && version.ValueKind != JsonValueKind.Null, Line(id, then, changes));
        }
    }

    private static string Line(string id, JsonElement then, List<string> changes) =>
        $"Breaking change to the contract of the model '{id}' ({PreviousArtifacts.Text(then, "original_file_path")}) since the earlier state: "
        + string.Join("; ", changes);

    // a model may go once its deprecation date has passed
    private List<string> Removal(string id, JsonElement then)
    {
        if (ModelNode.Moment(PreviousArtifacts.Text(then, "deprecation_date")) is { } date && date <= project.Options.TimeProvider.GetUtcNow())
            return [];

        var isDisabled = project.Disabled.Any(n => n.UniqueId == id);
        return [$"Contracted model '{id}' was {(isDisabled ? "disabled" : "deleted or renamed")}"];
    }

    private static List<string> Changes(ModelNode model, JsonElement then)
    {
        var changes = new List<string>();
        if (!model.ContractEnforced)
            changes.Add("Contract enforcement was removed");

        var materialized = then.TryGetProperty("config", out var config) ? PreviousArtifacts.Text(config, "materialized") : null;
        var wereEnforced = ContractChecksum.EnforcesConstraints(materialized);
        var hadConstraints = false;
        foreach (var before in Properties(then, "columns"))
        {
            var now = model.Columns.FirstOrDefault(c => c.Name == before.Name);
            var type = PreviousArtifacts.Text(before.Value, "data_type");
            if (now is null)
                changes.Add($"Columns were removed: {before.Name}");
            else if (!IsSameType(type, now.DataType))
                changes.Add($"Columns with data_type changes: {before.Name} ({type} -> {now.DataType})");

            var constraints = Constraints(before.Value);
            hadConstraints |= constraints.Count > 0;
            if (wereEnforced && now is not null && Lost(constraints, now.Constraints) is { Length: > 0 } lost)
                changes.Add($"Enforced column level constraints were removed: {lost} of column {before.Name}");
        }

        var onModel = Constraints(then);
        if (wereEnforced && Lost(onModel, model.Constraints) is { Length: > 0 } lostOnModel)
            changes.Add($"Enforced model level constraints were removed: {lostOnModel}");
        if (wereEnforced && !ContractChecksum.EnforcesConstraints(model.Materialized) && (hadConstraints || onModel.Count > 0))
            changes.Add($"Materialization changed with enforced constraints: {materialized} -> {model.Materialized}");
        return changes;
    }

    // dbt keeps 'string' as it is written; a parsed project has the type that it stands for
    private static bool IsSameType(string? before, string? now) =>
        before == now || ("string".Equals(before, StringComparison.OrdinalIgnoreCase) && now == "text");

    private static string Lost(List<ConstraintDefinition> before, IReadOnlyList<ConstraintDefinition> now) => string.Join(", ", before
        .Where(b => b.Type != "custom" && !now.Any(n => Key(n) == Key(b)))
        .Select(b => (b.Name ?? b.Type) + (b.Columns.Count == 0 ? "" : $" ({string.Join(", ", b.Columns)})")));

    // the table of a foreign key is left out: dbt writes it as a template or as a name, depending on the verb
    private static (string Type, string? Name, string? Expression, string Columns, string ToColumns) Key(ConstraintDefinition constraint) =>
        (constraint.Type, constraint.Name, constraint.Expression, string.Join(',', constraint.Columns), string.Join(',', constraint.ToColumns));

    private static List<ConstraintDefinition> Constraints(JsonElement owner) =>
        owner.TryGetProperty("constraints", out var all) && all.ValueKind == JsonValueKind.Array
            ? [.. all.EnumerateArray().Select(c => new ConstraintDefinition(PreviousArtifacts.Text(c, "type") ?? "")
            {
                Name = PreviousArtifacts.Text(c, "name"),
                Expression = PreviousArtifacts.Text(c, "expression"),
                Columns = Names(c, "columns"),
                ToColumns = Names(c, "to_columns"),
            })]
            : [];

    private static string[] Names(JsonElement constraint, string key) =>
        constraint.TryGetProperty(key, out var names) && names.ValueKind == JsonValueKind.Array ? [.. names.EnumerateArray().Select(n => n.ToString())] : [];

    private static IEnumerable<JsonProperty> Properties(JsonElement element, string key) =>
        element.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.Object ? value.EnumerateObject() : [];
}
