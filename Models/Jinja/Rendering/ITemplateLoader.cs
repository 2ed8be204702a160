namespace Models.Jinja.Rendering;

/// <summary>Finds the templates that <c>import</c>, <c>include</c> and <c>extends</c> name.</summary>
public interface ITemplateLoader
{
    /// <summary>The parsed template, or null where there is none of that name.</summary>
    Template? Load(string name);
}
