namespace SkillMeat.Upstream.Contents;

/// <summary>Stops the reading of an archive once everything has been found. It never leaves <see cref="GitHubArchives"/>.</summary>
internal sealed class EnoughException : Exception
{
    public EnoughException()
        : base("All wanted content of the archive has been read.")
    {
    }
}
