namespace Models.Analysis;

/// <summary>A column of a relation as PostgreSQL sees it.</summary>
/// <param name="Name">The name, unquoted.</param>
/// <param name="Type">The type with modifiers, as <c>format_type</c> returns it; used to declare a stub of the relation.</param>
/// <param name="Underlying">
/// The type without modifiers and with domains resolved, for example <c>numeric</c> or <c>integer[]</c>; <c>enum</c> and
/// <c>composite</c> stand for user-defined ones.
/// </param>
public sealed record AnalysedColumn(string Name, string Type, string Underlying);
