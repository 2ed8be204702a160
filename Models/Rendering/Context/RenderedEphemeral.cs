using Models.Jinja.Rendering;

namespace Models.Rendering.Context;

/// <summary>An ephemeral model's own SQL, without that of the models it reads, and the context it was rendered in.</summary>
internal sealed record RenderedEphemeral(RenderedTemplate Sql, NodeContext Context);
