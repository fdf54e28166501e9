namespace SkillMeat.Upstream.Diagnosis;

/// <summary>A finding about a host, a folder or this computer.</summary>
/// <param name="Host">The host, with its port unless that is the default; the path of a folder; or <c>this computer</c>.</param>
/// <param name="Check">
/// The name of the check: <c>git</c>, <c>collection</c>, <c>folder</c>, <c>proxy</c>, <c>reachable</c>, <c>clock</c>, <c>token</c>,
/// <c>rest_limit</c>, <c>graphql_limit</c>, <c>git_refs</c>, <c>git_fetch</c>, <c>credential</c> or <c>ssh</c>.
/// </param>
/// <param name="Status">The severity.</param>
/// <param name="Message">A one-line description without tokens and passwords.</param>
/// <remarks>Immutable.</remarks>
public sealed record UpstreamFinding(string Host, string Check, FindingStatus Status, string Message);
