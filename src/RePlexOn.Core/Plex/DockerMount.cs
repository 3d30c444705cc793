namespace RePlexOn.Plex;

/// <summary>A folder of this machine that a container sees.</summary>
/// <param name="Container">The container's name.</param>
/// <param name="Image">The image's name.</param>
/// <param name="Source">The folder's path on this machine.</param>
/// <param name="Destination">The folder's path in the container.</param>
internal sealed record DockerMount(string Container, string Image, string Source, string Destination)
{
    public bool IsOfPlexImage => Image.Contains("plex", StringComparison.OrdinalIgnoreCase);
}
