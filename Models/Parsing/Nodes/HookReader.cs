using Models.Diagnostics;
using Models.Jinja.Rendering;
using Models.Parsing.Files;
using Models.Project.Files;
using Models.Project.Graph;
using Models.Rendering.Context;

namespace Models.Parsing.Nodes;

/// <summary>Reads the hooks of dbt_project.yml.</summary>
internal sealed class HookReader(ParseSession session)
{
    public void Read()
    {
        foreach (var package in session.Project.Packages)
        {
            ReadHooks(package, package.OnRunStart, isStart: true);
            ReadHooks(package, package.OnRunEnd, isStart: false);
        }
    }

    private void ReadHooks(ProjectFile package, IReadOnlyList<HookText> hooks, bool isStart)
    {
        var kind = isStart ? "on-run-start" : "on-run-end";
        for (var i = 0; i < hooks.Count; i++)
        {
            var name = $"{package.Name}-{kind}-{i}";
            var source = EmbeddedText.Find(package.Source, hooks[i].Text, hooks[i].Span) ?? new SourceText(package.Source.Path, hooks[i].Text);
            var operation = new OperationNode
            {
                UniqueId = $"operation.{package.Name}.{name}",
                Name = name,
                PackageName = package.Name,
                OriginalFilePath = ProjectFileReader.FileName,
                PathInFolder = $"hooks/{name}.sql",
                Span = hooks[i].Span,
                Fqn = [package.Name, "hooks", name],
                Source = source,
                IsOnRunStart = isStart,
                Index = i,
                LazyTemplate = Parse(hooks[i], source) is { } template ? new(template) : null,
                Tags = [kind],
            };
            session.Add(session.Capture(operation).Node);
        }
    }

    private Template? Parse(HookText hook, SourceText source)
    {
        try
        {
            return TextTemplate.Parse(hook.Text, hook.Span, source.IsEmbedded ? source : null);
        }
        catch (DiagnosticException e)
        {
            session.Diagnostics.Add(e.Diagnostic);
            return null;
        }
    }
}
