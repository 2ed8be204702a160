namespace Models.Jinja.Rendering.Nodes;

/// <summary>A sequence of statements.</summary>
internal sealed class Body(StatementNode[] statements)
{
    public static Body Empty { get; } = new([]);

    public ReadOnlySpan<StatementNode> Statements => statements;

    public bool IsEmpty => statements.Length == 0;

    public void Analyze(Scope scope)
    {
        foreach (var statement in statements)
            statement.Analyze(scope);
    }

    public void Bind(Scope scope)
    {
        foreach (var statement in statements)
            statement.Bind(scope);
    }

    public Flow Execute(Frame frame)
    {
        foreach (var statement in statements)
        {
            var flow = statement.Execute(frame);
            if (flow != Flow.Next)
                return flow;
        }

        return Flow.Next;
    }
}
