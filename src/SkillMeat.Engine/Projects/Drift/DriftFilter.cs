using SkillMeat.Collections;
using SkillMeat.Projects.Profiles;

namespace SkillMeat.Projects.Drift;

/// <summary>Chooses artifacts and profiles.</summary>
internal sealed record DriftFilter(IReadOnlyList<ArtifactType> Types, IReadOnlyList<NamePattern> Names, IReadOnlyList<Profile> Profiles)
{
    /// <exception cref="Errors.SkillMeatException">A type or profile is unknown.</exception>
    public static DriftFilter Of(DriftRequest request) => new([.. request.Types.Select(ArtifactType.Parse)], request.Names, [.. request.Profiles.Select(ProfileTable.Parse)]);

    public bool Includes(ArtifactId id) => (Types.Count == 0 || Types.Contains(id.Type)) && (Names.Count == 0 || Names.Any(name => name.Matches(id)));

    /// <summary>Whether a profile of a record is wanted. Records can name profiles that are not known.</summary>
    public bool IncludesProfile(string profile) => Profiles.Count == 0 || Profiles.Any(wanted => wanted.IsNamed(profile));
}
