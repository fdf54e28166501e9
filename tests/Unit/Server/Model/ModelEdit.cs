namespace SkillMeat.Tests.Server.Model;

/// <summary>An edit that the service said it made.</summary>
/// <param name="Client">The client.</param>
/// <param name="Method">The method.</param>
/// <param name="Path">The address below that of the API.</param>
/// <param name="Body">The body, or null.</param>
internal sealed record ModelEdit(int Client, string Method, string Path, object? Body)
{
    /// <summary>The list at whose end it puts something, and the name of that; null for none. The end of the run tells in which order things came there.</summary>
    public (string List, string Name)? Appends { get; init; }
}
