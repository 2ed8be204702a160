using Models.Compiler.Diagnostics;
using Models.Compiler.Graph;
using Models.Compiler.Templates;
using Models.Compiler.Templates.Rendering;

namespace Models.Compiler.Project.Nodes;

/// <summary>Completes models: their templates rendered once, their settings merged, what is said about them laid on.</summary>
internal sealed class ModelBuilder(ParseSession session)
{
    /// <param name="model">The model with its file's text.</param>
    /// <param name="description">What properties files say about it.</param>
    /// <param name="package">Its package.</param>
    public void Build(ModelNode model, ModelDescription? description, ProjectFile package)
    {
        var found = new DiagnosticBag();
        model.Template = Template.Parse(model.Source, found);
        session.Configure(model, package, described: null, more: description?.Settings);
        var capture = session.Capture(model, found);
        session.Configure(model, package, described: null, capture, description?.Settings);
        session.CaptureHooks(model);
        if (description is not null)
            Describe(model, description);
        Govern(model, description, found);

        session.Name(model, found);
        session.Add(model);
        session.Settle(model.Span.File, found, capture);
    }

    private static void Describe(ModelNode model, ModelDescription description)
    {
        model.Described = description;
        model.Description = description.Description;
        model.PatchPath = description.PatchPath;
        model.Columns = description.Columns;
        model.Constraints = description.Constraints;
        model.DeprecationDate = description.DeprecationDate;
        model.DeprecatedFrom = ModelDescription.Moment(description.DeprecationDate);
        model.TimeSpine = description.TimeSpine;
    }

    /// <summary>Access and contract: they may come from dbt_project.yml or the file itself, so that they hold without a properties file.</summary>
    private static void Govern(ModelNode model, ModelDescription? description, DiagnosticBag found)
    {
        var place = description?.NameSpan ?? model.Span;
        model.Access = model.Config.GetString("access") ?? "protected";
        if (model.Access is not ("private" or "protected" or "public"))
            found.Add(ProjectDiagnostics.InvalidValue(description?.AccessSpan ?? place, model.Access, "access", "private, protected or public"));
        else if (model is { Access: "public", IsEphemeral: true })
            found.Add(ProjectDiagnostics.PublicEphemeral(description?.AccessSpan ?? place, model.Name));

        model.ContractEnforced = model.Config.TryGet("contract", out var contract) && contract is JinjaDict dict && dict.TryGetValue("enforced", out var enforced) && enforced is true;
        if (!model.ContractEnforced)
            return;

        if (!((JinjaDict)contract!).TryGetValue("alias_types", out var alias) || alias is not false)
            model.Columns = [.. model.Columns.Select(c => "string".Equals(c.DataType, StringComparison.OrdinalIgnoreCase) ? c with { DataType = "text" } : c)];
        CheckContract(model, place, found);
    }

    private static void CheckContract(ModelNode model, SourceSpan place, DiagnosticBag found)
    {
        var change = model.Config.GetString("on_schema_change");
        if (model.Config.Materialized == "incremental" && change is not ("append_new_columns" or "fail"))
            found.Add(ProjectDiagnostics.IncompleteContract(place, model.Name, $"as an incremental model it must set on_schema_change to 'append_new_columns' or 'fail', not '{change}'"));

        if (model.Columns.Count == 0)
            found.Add(ProjectDiagnostics.IncompleteContract(place, model.Name, "its columns must be declared, each with a data_type"));
        foreach (var column in model.Columns)
        {
            if (column.DataType is null)
                found.Add(ProjectDiagnostics.IncompleteContract(column.Span ?? place, model.Name, $"the column '{column.Name}' needs a data_type"));
        }
    }
}
