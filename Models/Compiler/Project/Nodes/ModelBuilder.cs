using Models.Compiler.Graph;
using Models.Diagnostics;
using Models.Jinja;
using Models.Jinja.Rendering;

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
            Describe(model, description, found);

        session.Name(model, found);
        session.Add(model);
        session.Settle(model.Span.File, found, capture);
    }

    private static void Describe(ModelNode model, ModelDescription description, DiagnosticBag found)
    {
        model.Described = description;
        model.Description = description.Description;
        model.PatchPath = description.PatchPath;
        model.Columns = description.Columns;
        model.Constraints = description.Constraints;
        model.DeprecationDate = description.DeprecationDate;
        model.DeprecatedFrom = ModelDescription.Moment(description.DeprecationDate);
        model.TimeSpine = description.TimeSpine;
        model.Access = model.Config.GetString("access") ?? "protected";
        if (model.Access is not ("private" or "protected" or "public"))
            found.Add(ProjectDiagnostics.InvalidValue(description.AccessSpan, model.Access, "access", "private, protected or public"));

        model.ContractEnforced = model.Config.TryGet("contract", out var contract) && contract is JinjaDict dict && dict.TryGetValue("enforced", out var enforced) && enforced is true;
        if (!model.ContractEnforced)
            return;

        if (!((JinjaDict)contract!).TryGetValue("alias_types", out var alias) || alias is not false)
            model.Columns = [.. model.Columns.Select(c => "string".Equals(c.DataType, StringComparison.OrdinalIgnoreCase) ? c with { DataType = "text" } : c)];
        CheckContract(model, description.NameSpan, found);
    }

    private static void CheckContract(ModelNode model, SourceSpan place, DiagnosticBag found)
    {
        if (model.Columns.Count == 0)
            found.Add(ProjectDiagnostics.IncompleteContract(place, model.Name, "its columns must be declared, each with a data_type"));
        foreach (var column in model.Columns)
        {
            if (column.DataType is null)
                found.Add(ProjectDiagnostics.IncompleteContract(column.Span ?? place, model.Name, $"the column '{column.Name}' needs a data_type"));
        }
    }
}
