namespace Serving.Scoring.Features;

/// <param name="Type">PostgreSQL's name of the type, without modifiers.</param>
public sealed record DeclaredColumn(string Name, string Type);
