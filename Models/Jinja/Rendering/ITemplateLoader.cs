namespace Models.Jinja.Rendering;

/// <summary>Loads the templates that <c>import</c>, <c>include</c> and <c>extends</c> refer to.</summary>
public interface ITemplateLoader
{
    /// <summary>Returns the parsed template, or null if there is no template of that name.</summary>
    Template? Load(string name);
}
