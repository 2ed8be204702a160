using System.Reflection;
using Leads;

namespace Serving.Scoring.Features;

/// <summary>The predictions that the model projects declare; the compiler writes them into the assembly of the models.</summary>
public static class DeclaredPredictions
{
    /// <summary>The prediction that <c>POST /predict</c> is short for.</summary>
    public const string LeadConversion = "lead_conversion";

    private const string MetadataKey = "Leadline.Prediction";

    /// <summary>By name.</summary>
    public static IReadOnlyList<PredictionDeclaration> All { get; } = Of(typeof(ModelSchema).Assembly);

    /// <summary>The predictions that an assembly of models declares, by name.</summary>
    public static IReadOnlyList<PredictionDeclaration> Of(Assembly assembly) =>
    [
        .. assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Where(attribute => attribute is { Key: MetadataKey, Value: not null })
            .Select(attribute => PredictionDeclaration.Parse(attribute.Value!))
            .OrderBy(declaration => declaration.Name, StringComparer.Ordinal),
    ];

    /// <summary>The predictions of this program's models, and of those in further assemblies of models, by name.</summary>
    /// <param name="paths">The files of these assemblies.</param>
    /// <exception cref="InvalidDataException">A file is no assembly, declares nothing, or declares a name again; the message says which.</exception>
    public static IReadOnlyList<PredictionDeclaration> With(IEnumerable<string> paths)
    {
        var all = All.ToDictionary(declaration => declaration.Name, StringComparer.Ordinal);
        foreach (var path in paths)
        {
            foreach (var declaration in Load(path))
            {
                if (!all.TryAdd(declaration.Name, declaration))
                    throw new InvalidDataException($"'{path}' declares the prediction '{declaration.Name}' again; give one of them another name.");
            }
        }

        return [.. all.Values.OrderBy(declaration => declaration.Name, StringComparer.Ordinal)];
    }

    /// <summary>Null where none of this program's models declares this name.</summary>
    public static PredictionDeclaration? Find(string name) => All.FirstOrDefault(declaration => declaration.Name == name);

    private static IReadOnlyList<PredictionDeclaration> Load(string path)
    {
        try
        {
            return Of(Assembly.LoadFrom(Path.GetFullPath(path))) is { Count: > 0 } declared
                ? declared
                : throw new InvalidDataException($"The assembly '{path}' declares no prediction; name one that the compiler of the models has built.");
        }
        catch (Exception exception) when (exception is FileNotFoundException or FileLoadException or BadImageFormatException)
        {
            throw new InvalidDataException($"The assembly of models '{path}' cannot be loaded: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }
    }
}
