#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
BeforeDiscovery {
    function Get-ScriptPath {
        $repository = [System.IO.Path]::GetFullPath("$PSScriptRoot/../..")
        'build.ps1'
        foreach ($folder in 'module', 'samples', 'tests/Pester', 'bench') {
            Get-ChildItem -LiteralPath (Join-Path $repository $folder) -Recurse -Include '*.ps1', '*.psm1', '*.psd1' |
                Where-Object FullName -NotMatch '[\\/](bin|obj)[\\/]' |
                ForEach-Object { [System.IO.Path]::GetRelativePath($repository, $_.FullName) }
        }
    }
}

Describe 'PSScriptAnalyzer with the settings of the gallery' {
    It 'finds nothing in <_>' -ForEach (Get-ScriptPath) {
        if (-not (Get-Module -Name PSScriptAnalyzer -ListAvailable)) {
            Set-ItResult -Skipped -Because 'PSScriptAnalyzer is not installed'
            return
        }

        $findings = Invoke-ScriptAnalyzer -Path ([System.IO.Path]::GetFullPath("$PSScriptRoot/../../$_")) -Settings PSGallery
        $findings | ForEach-Object { "line $($_.Line): $($_.RuleName): $($_.Message)" } | Should -BeNullOrEmpty
    }
}
