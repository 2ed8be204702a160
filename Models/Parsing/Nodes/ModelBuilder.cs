using Models.Diagnostics;
using Models.Jinja.Parsing;
using Models.Jinja.Rendering;
using Models.Project.Diagnostics;
using Models.Project.Files;
using Models.Project.Graph;

namespace Models.Parsing.Nodes;

/// <summary>Completes models: renders their templates once, merges their settings and applies their descriptions.</summary>
internal sealed class ModelBuilder(ParseSession session)
{
    /// <param name="model">The model with its file's text.</param>
    /// <param name="description">Its properties from properties files.</param>
    /// <param name="package">Its package.</param>
    /// <returns>The completed model, which is also added to the session.</returns>
    public ModelNode Build(ModelNode model, ModelDescription? description, ProjectFile package)
    {
        var found = new DiagnosticBag();
        model = session.Configure(
            model with { LazyTemplate = new(TemplateReader.Read(model.Source, found)) }, package, described: null, more: description?.Settings);
        (model, var capture) = session.Capture(model, found);
        model = session.CaptureHooks(session.Configure(model, package, described: null, capture, description?.Settings));
        if (description is not null)
            model = description.ApplyTo(model);
        model = Govern(model, description, found);

        model = session.Name(model, found);
        session.Add(model);
        session.FinishModelFile(model.Span.File, found, capture);
        return model;
    }

    /// <summary>Sets access and contract, which may be configured in dbt_project.yml or in the model's file, without a properties file.</summary>
    private static ModelNode Govern(ModelNode model, ModelDescription? description, DiagnosticBag found)
    {
        var place = description?.NameSpan ?? model.Span;
        var access = model.Config.GetString("access") ?? "protected";
        if (access is not ("private" or "protected" or "public"))
            found.Add(ProjectDiagnostics.InvalidValue(description?.AccessSpan ?? place, access, "access", "private, protected or public"));
        else if (access == "public" && model.IsEphemeral)
            found.Add(ProjectDiagnostics.PublicEphemeral(description?.AccessSpan ?? place, model.Name));

        var contract = model.Config.TryGet("contract", out var value) ? value as JinjaDict : null;
        var isEnforced = contract is not null && contract.TryGetValue("enforced", out var enforced) && enforced is true;
        var governed = model with { Access = access, ContractEnforced = isEnforced };
        if (!isEnforced)
            return governed;

        if (!contract!.TryGetValue("alias_types", out var alias) || alias is not false)
            governed = governed with { Columns = [.. model.Columns.Select(
                c => "string".Equals(c.DataType, StringComparison.OrdinalIgnoreCase) ? c with { DataType = "text" } : c)] };
        CheckContract(governed, place, found);
        return governed;
    }

    private static void CheckContract(ModelNode model, SourceSpan place, DiagnosticBag found)
    {
        var change = model.Config.GetString("on_schema_change");
        if (model.Config.Materialized == "incremental" && change is not ("append_new_columns" or "fail"))
            found.Add(ProjectDiagnostics.IncompleteContract(
                place, model.Name, $"as an incremental model it must set on_schema_change to 'append_new_columns' or 'fail', not '{change}'"));

        var keys = model.Columns.Where(c => c.Constraints.Any(k => k.Type == "primary_key")).Select(c => $"'{c.Name}'").ToList();
        if (keys.Count > 1)
            found.Add(ProjectDiagnostics.IncompleteContract(
                place, model.Name, $"its primary key over several columns ({string.Join(", ", keys)}) must be a constraint of the model, not of each column"));
        else if (keys.Count == 1 && model.Constraints.Any(k => k.Type == "primary_key"))
            found.Add(ProjectDiagnostics.IncompleteContract(
                place, model.Name, $"its primary key must be a constraint of the model or of the column {keys[0]}, not of both"));

        if (model.Columns.Count == 0)
            found.Add(ProjectDiagnostics.IncompleteContract(place, model.Name, "its columns must be declared, each with a data_type"));
        foreach (var column in model.Columns)
        {
            if (column.DataType is null)
                found.Add(ProjectDiagnostics.IncompleteContract(column.Span ?? place, model.Name, $"the column '{column.Name}' needs a data_type"));
        }
    }
}
