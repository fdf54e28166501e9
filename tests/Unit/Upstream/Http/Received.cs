namespace SkillMeat.Tests.Upstream.Http;

/// <summary>A request as it arrived at a <see cref="LoopbackServer"/>.</summary>
public sealed record Received(int Number, string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string? Header(string name) => Headers.TryGetValue(name, out string? value) ? value : null;
}
