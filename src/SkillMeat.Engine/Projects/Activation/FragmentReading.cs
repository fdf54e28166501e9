namespace SkillMeat.Projects.Activation;

/// <summary>The parts of the settings that a hook or a server needs, as its files say.</summary>
/// <param name="Fragments">The parts.</param>
/// <param name="Warning">Files of the plugin that its commands name and that are not there, or null.</param>
internal sealed record FragmentReading(IReadOnlyList<Fragment> Fragments, string? Warning);
