namespace Models.Jinja.Rendering;

/// <summary>A host object that Python would take for a mapping: <c>{{ x is mapping }}</c>.</summary>
public interface IJinjaMapping : IJinjaIndexable;
