using Models.Diagnostics;
using Models.Jinja.Lexing;
using Models.Jinja.Rendering.Nodes;

namespace Models.Jinja.Rendering;

/// <summary>A template's bound statements and the data needed to run them.</summary>
internal sealed class TemplateCode
{
    private readonly Body _body;
    private readonly ScopeEntry[] _entries;
    private readonly Dictionary<string, int> _exports;
    private readonly int _slots;

    private TemplateCode(Body body, Scope scope, IReadOnlyCollection<BlockBody> blocks)
    {
        _body = body;
        _entries = scope.Entries();
        _exports = scope.StoredNames();
        _slots = scope.Frame.SlotCount;
        Blocks = blocks;
    }

    public IReadOnlyCollection<BlockBody> Blocks { get; }

    public static TemplateCode Bind(Body body, TemplateSyntax syntax, IReadOnlyCollection<BlockBody> blocks, DiagnosticBag diagnostics)
    {
        var scope = Scope.Outermost(syntax, diagnostics);
        body.Analyze(scope);
        body.Bind(scope);
        foreach (var block in blocks)
            block.BindAlone(syntax, diagnostics);
        return new TemplateCode(body, scope, blocks);
    }

    /// <summary>Runs the template and writes to the rendering's current output.</summary>
    /// <returns>The frame; an import reads its exports.</returns>
    public Frame Run(TemplateContext context)
    {
        var renderer = context.Renderer;
        var frame = new Frame(context, parent: null, _slots) { Exports = _exports };
        context.Root = frame;
        foreach (var block in Blocks)
            AddBlock(context, block);

        frame.Enter(_entries);
        var outermost = renderer.Output;
        _body.Execute(frame);
        if (context.Parent is not null)
        {
            renderer.DropCapture(outermost);
            var derived = new TemplateContext(renderer, new TemplateScope(context)) { Blocks = context.Blocks };
            context.Parent.Run(derived);
        }

        return frame;
    }

    /// <summary>Evaluates a template that consists of a single expression.</summary>
    public bool TryEvaluate(TemplateContext context, out object? value)
    {
        if (_body.Statements is not [OutputStatement output])
        {
            value = null;
            return false;
        }

        var frame = new Frame(context, parent: null, _slots);
        frame.Enter(_entries);
        value = output.Value.Evaluate(frame);
        return true;
    }

    private static void AddBlock(TemplateContext context, BlockBody block)
    {
        context.Blocks ??= new Dictionary<string, List<BlockBody>>(StringComparer.Ordinal);
        if (!context.Blocks.TryGetValue(block.Name, out var bodies))
            context.Blocks[block.Name] = bodies = [];
        bodies.Add(block);
    }
}
