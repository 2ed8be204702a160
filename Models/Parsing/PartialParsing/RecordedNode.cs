using Models.Project.Graph;
using Models.Project.Store;

namespace Models.Parsing.PartialParsing;

/// <summary>A node as a record holds it.</summary>
/// <param name="Node">The node.</param>
/// <param name="Text">For a model, the place of its text.</param>
/// <param name="ContentHash">The digest of everything the record says of the node.</param>
internal sealed record RecordedNode(Node Node, RecordedText Text, Digest ContentHash);

/// <summary>A stretch of a record that is a text in UTF-8.</summary>
internal readonly record struct RecordedText(int Start, int Length);
