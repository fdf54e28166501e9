using System.Net;

namespace SkillMeat.Upstream.Git.Wire;

/// <summary>The head of an HTTP answer.</summary>
/// <param name="Status">The status, successful or not.</param>
/// <param name="MediaType">The <c>Content-Type</c> without parameters; null if there is none.</param>
/// <param name="AnsweredBy">The address that answered, after redirects.</param>
internal sealed record GitAnswer(HttpStatusCode Status, string? MediaType, Uri AnsweredBy);
