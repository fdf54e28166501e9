using SkillMeat.Errors;
using SkillMeat.Upstream;

namespace SkillMeat.Checks;

/// <summary>The answers about the artifacts that the filter of a check leaves out.</summary>
/// <param name="Gone">Those that are no longer at their paths.</param>
/// <param name="Unknown">The repositories that did not answer about all artifacts, with the error.</param>
internal sealed record OtherArtifacts(IReadOnlyList<AnsweredArtifact> Gone, IReadOnlyDictionary<RepositoryAddress, UpstreamException> Unknown);
