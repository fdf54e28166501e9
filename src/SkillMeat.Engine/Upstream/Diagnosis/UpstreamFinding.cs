namespace SkillMeat.Upstream.Diagnosis;

/// <summary>A finding about one matter of one host that artifacts come from.</summary>
/// <param name="Host">The host, with its port where it is not the usual one; the path of a folder; or <c>this computer</c>.</param>
/// <param name="Check">
/// The matter that was looked at: <c>git</c>, <c>collection</c>, <c>folder</c>, <c>proxy</c>, <c>reachable</c>, <c>clock</c>, <c>token</c>, <c>rest_limit</c>, <c>graphql_limit</c>,
/// <c>git_refs</c>, <c>git_fetch</c>, <c>credential</c> or <c>ssh</c>.
/// </param>
/// <param name="Status">What it means.</param>
/// <param name="Message">One line for a person. It holds no token and no password.</param>
/// <remarks>Immutable.</remarks>
public sealed record UpstreamFinding(string Host, string Check, FindingStatus Status, string Message);
