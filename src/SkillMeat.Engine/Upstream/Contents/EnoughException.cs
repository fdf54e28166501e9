namespace SkillMeat.Upstream.Contents;

/// <summary>Ends the reading of an archive that has nothing more to give. Never leaves <see cref="GitHubArchives"/>.</summary>
internal sealed class EnoughException : Exception
{
    public EnoughException()
        : base("Everything that is wanted of the archive was read.")
    {
    }
}
