using System.Collections;
using SkillMeat.Projects.Profiles;

namespace SkillMeat.Cmdlets.Completion;

/// <summary>Completes the id of a profile, those of this machine first.</summary>
public sealed class ProfileCompleter : SkmCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<Candidate> Find(IDictionary bound, string typed) => new ProfileDetector(OpenHome(bound)).List()
        .OrderByDescending(one => one.IsOnMachine)
        .Select(one => new Candidate(one.Profile, $"{one.ProjectFolder}{(one.IsOnMachine ? ", on this machine" : "")}"));
}
