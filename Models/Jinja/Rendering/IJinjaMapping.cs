namespace Models.Jinja.Rendering;

/// <summary>A host object for which <c>{{ x is mapping }}</c> is true.</summary>
public interface IJinjaMapping : IJinjaIndexable;
