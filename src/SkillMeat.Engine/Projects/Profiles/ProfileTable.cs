using SkillMeat.Errors;

namespace SkillMeat.Projects.Profiles;

/// <summary>The coding agents that are known, Claude Code first, then by id.</summary>
/// <remarks>Source: the tables of public tools of 2026, which agree with the agents' own documentation. Thread-safe.</remarks>
internal static class ProfileTable
{
    private static readonly Lazy<IReadOnlyList<Profile>> _all = new(Read);

    public static IReadOnlyList<Profile> All => _all.Value;

    /// <summary>Finds a profile by its id or an alias, or returns null.</summary>
    public static Profile? Find(string name) => All.FirstOrDefault(profile => profile.IsNamed(name));

    /// <summary>Finds a profile by its id or an alias.</summary>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: there is none; the message names the nearest.</exception>
    public static Profile Parse(string name)
    {
        if (Find(name) is { } profile) return profile;
        var near = Collections.NearestName.Find(name, All.SelectMany(one => one.Aliases.Prepend(one.Id)));
        throw new SkillMeatException(ErrorIds.InvalidArgument, near is null
            ? $"'{name}' is not a profile. 'Get-SkmProfile' and 'skm profile list' list them."
            : $"'{name}' is not a profile. Did you mean '{near}'?");
    }

    private static List<Profile> Read()
    {
        using var stream = typeof(ProfileTable).Assembly.GetManifestResourceStream("profiles.tsv")!;
        using var reader = new StreamReader(stream);
        var profiles = new List<Profile>();
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split('\t');
            profiles.Add(new Profile(cells[0], cells[1], cells[2], cells[3] is { Length: > 0 } project ? project : null, cells[4] is { Length: > 0 } user ? user : null,
                cells[5].Split(',', StringSplitOptions.RemoveEmptyEntries)));
        }

        return profiles;
    }
}
