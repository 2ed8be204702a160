using Serving.Features;
using Serving.Scoring.Features;

namespace Serving.Api.Served;

/// <summary>A key as one segment of a path: the values of its columns, joined by '/'.</summary>
internal static class EntityPath
{
    /// <summary>Null where the text cannot be a key of the prediction's entity.</summary>
    public static EntityKey? Read(PredictionDeclaration declaration, string text)
    {
        var parts = declaration.Entity.Count == 1 ? [text] : text.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase).Split('/');
        if (parts.Length != declaration.Entity.Count)
            return null;
        var values = declaration.Entity.Zip(parts, EntityKey.Canonical).OfType<string>().ToArray();
        return values.Length == parts.Length ? new EntityKey(values) : null;
    }
}
