using Models.Diagnostics;

namespace Models.Jinja.Rendering.Nodes;

/// <c>a ~ b ~ c</c>: concatenates the printed values.
internal sealed class ConcatExpression(SourceText source, int start, int length, Expression[] parts) : Expression(source, start, length)
{
    protected override IEnumerable<AstNode?> Children => parts;

    public override object? Evaluate(Frame frame)
    {
        var renderer = frame.Renderer;
        var texts = new string[parts.Length];
        long total = 0;
        var isMapped = false;
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = renderer.Print(parts[i].Evaluate(frame), parts[i]);
            total += texts[i].Length;
            isMapped |= renderer.TryGetMap(texts[i], out _);
        }

        renderer.CheckLength(total, this);
        return isMapped ? ConcatMapped(renderer, texts) : string.Concat(texts);
    }

    /// <summary>Concatenates strings and keeps the source maps of those that macros produced.</summary>
    private string ConcatMapped(Renderer renderer, string[] texts)
    {
        var outer = renderer.BeginCapture();
        for (var i = 0; i < texts.Length; i++)
            renderer.WriteValue(texts[i], Source, parts[i].Start, parts[i].Length, this);
        return renderer.EndCapture(outer);
    }
}
