using Models.Diagnostics;
using Models.Jinja.Lexing;

namespace Models.Jinja.Rendering.Nodes;

/// <summary>The body of an inheritance block. It runs wherever the outermost template places the block.</summary>
internal sealed class BlockBody(SourceText source, int start, int length, string name, Body body) : AstNode(source, start, length)
{
    private ScopeEntry[] _entries = [];
    private int _slots;
    private int _selfSlot;
    private int _superSlot;

    public string Name { get; } = name;

    public required bool IsRequired { get; init; }

    public void BindAlone(TemplateSyntax syntax, DiagnosticBag diagnostics)
    {
        var scope = Scope.Outermost(syntax, diagnostics).InnerFrame();
        _selfSlot = scope.Parameter("self");
        _superSlot = scope.Parameter("super");
        body.Analyze(scope);
        body.Bind(scope);
        _entries = scope.Entries();
        _slots = scope.Frame.SlotCount;
    }

    /// <param name="context">The names that the block sees.</param>
    /// <param name="level">0 for the most derived body, one more for each <c>super()</c>.</param>
    public Flow Run(TemplateContext context, int level)
    {
        var frame = new Frame(context, new Frame(context, parent: null, slots: 0), _slots);
        frame.Slots[_selfSlot] = new BlockReference(context);
        frame.Slots[_superSlot] = level + 1 < context.Blocks![Name].Count
            ? new BlockCall(context, Name, level + 1)
            : new Undefined("super", $"there is no parent block called '{Name}'");
        frame.Enter(_entries);
        return body.Execute(frame);
    }
}
