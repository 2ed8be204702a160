namespace Models.Jinja.Rendering.Nodes;

/// <summary>A parameter of a macro and its default.</summary>
internal sealed record MacroParameter(string Name, Expression? Default);
