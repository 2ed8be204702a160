using Models.Diagnostics;

namespace Models.Jinja.Rendering.Nodes;

/// <summary><c>{% for target in items if condition recursive %}</c> with its <c>else</c>.</summary>
internal sealed class ForStatement(
    SourceText source,
    int start,
    int length,
    AssignmentTarget target,
    Expression items,
    Expression? condition,
    bool isRecursive,
    bool usesLoop,
    Body body,
    Body otherwise) : StatementNode(source, start, length)
{
    private ScopeEntry[] _bodyEntries = [];
    private ScopeEntry[] _conditionEntries = [];
    private ScopeEntry[] _otherwiseEntries = [];
    private FrameLayout? _ownFrame;
    private int _loopSlot = -1;

    public bool IsRecursive => isRecursive;

    /// <summary>A second copy of the target for the condition's scope: a target can be bound only once.</summary>
    public AssignmentTarget? ConditionTarget { get; init; }

    public override void Analyze(Scope scope) => items.Analyze(scope);

    public override void Bind(Scope scope)
    {
        items.Bind(scope);

        var bodyScope = isRecursive ? scope.InnerFrame() : scope.Inner();
        _ownFrame = isRecursive ? bodyScope.Frame : null;
        if (usesLoop || isRecursive)
            _loopSlot = bodyScope.Parameter("loop");
        target.AnalyzeAsParameter(bodyScope);
        body.Analyze(bodyScope);
        target.Bind(bodyScope);
        body.Bind(bodyScope);
        _bodyEntries = bodyScope.Entries();

        if (!otherwise.IsEmpty)
        {
            var otherwiseScope = scope.Inner();
            otherwise.Analyze(otherwiseScope);
            otherwise.Bind(otherwiseScope);
            _otherwiseEntries = otherwiseScope.Entries();
        }

        if (condition is not null && ConditionTarget is not null)
        {
            var conditionScope = scope.Inner();
            ConditionTarget.AnalyzeAsParameter(conditionScope);
            condition.Analyze(conditionScope);
            ConditionTarget.Bind(conditionScope);
            condition.Bind(conditionScope);
            _conditionEntries = conditionScope.Entries();
        }
    }

    public override Flow Execute(Frame frame)
    {
        var renderer = frame.Renderer;
        var list = Select(frame, Operators.ToArray(renderer, items, items.Evaluate(frame)));
        if (list.Length == 0)
        {
            frame.Enter(_otherwiseEntries);
            return otherwise.Execute(frame);
        }

        return Run(frame, list, depth: 0);
    }

    /// <summary>Runs the loop over nested items; returns the output, which is the value of <c>loop(items)</c>.</summary>
    public object? Recurse(Frame frame, CallContext context, object? nested, int depth)
    {
        var renderer = frame.Renderer;
        if (depth > renderer.Options.MaxMacroDepth)
            throw renderer.LimitError(context, $"a recursive loop is more than {renderer.Options.MaxMacroDepth} levels deep: does it end?");

        renderer.EnsureStack(context);
        var outer = renderer.BeginCapture();
        try
        {
            var list = Select(frame, Operators.ToArray(renderer, context, nested));
            if (list.Length == 0)
            {
                frame.Enter(_otherwiseEntries);
                otherwise.Execute(frame);
            }
            else
            {
                Run(frame, list, depth);
            }
        }
        catch
        {
            renderer.Unwind(outer);
            throw;
        }

        return renderer.EndCapture(outer);
    }

    private Flow Run(Frame outer, object?[] list, int depth)
    {
        var frame = _ownFrame is null ? outer : new Frame(outer.Context, outer, _ownFrame.SlotCount);
        var loop = _loopSlot < 0 ? null : new LoopContext(this, outer, list, depth);
        var isCompleted = false;
        for (var i = 0; i < list.Length; i++)
        {
            frame.Renderer.CountIteration(this);
            if (loop is not null)
            {
                loop.Index0 = i;
                frame.Slots[_loopSlot] = loop;
            }

            target.Assign(frame, list[i]);
            frame.Enter(_bodyEntries);
            var flow = body.Execute(frame);
            if (flow == Flow.Return)
                return flow;
            if (flow == Flow.Break)
                break;
            isCompleted |= flow == Flow.Next;
        }

        // as in Jinja, a loop with no completed iteration counts as empty
        if (isCompleted)
            return Flow.Next;

        outer.Enter(_otherwiseEntries);
        return otherwise.Execute(outer);
    }

    private object?[] Select(Frame frame, object?[] list)
    {
        if (condition is null || ConditionTarget is null)
            return list;

        var selected = new List<object?>();
        foreach (var item in list)
        {
            frame.Renderer.CountIteration(this);
            ConditionTarget.Assign(frame, item);
            frame.Enter(_conditionEntries);
            if (Operators.IsTrue(frame.Renderer, condition, condition.Evaluate(frame)))
                selected.Add(item);
        }

        return [.. selected];
    }
}
