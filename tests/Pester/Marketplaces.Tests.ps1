#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat

    function Add-Shop {
        # A marketplace with a plugin of two skills, and one that cannot be listed.
        param([string] $Path)

        Write-Text -Path (Join-Path $Path '.claude-plugin/marketplace.json') -Text (@{
                name = 'shop'
                plugins = @(
                    @{ name = 'office'; source = './office'; version = '1.2.0'; category = 'documents' }
                    @{ name = 'extras'; source = @{ source = 'npm'; package = 'extras' } }
                )
            } | ConvertTo-Json -Depth 5)
        foreach ($name in 'pdf', 'slides') {
            Write-Text -Path (Join-Path $Path "office/skills/$name/SKILL.md") -Text "---`nname: $name`ndescription: About $name`n---`n"
        }
    }
}

Describe 'Marketplaces' {
    BeforeEach {
        $place = Join-Path $TestDrive ([guid]::NewGuid())
        $script:sample = Copy-SampleHome -Path $place
        $script:shop = Join-Path $place 'shop'
        Add-Shop -Path $shop
        $script:PSDefaultParameterValues = @{ '*-Skm*:SkillMeatHome' = $sample }
    }

    It 'are registered once, by path or from the pipeline' {
        $made = Register-SkmMarketplace $shop
        $made.Name, $made.Status, $made.Plugins, $made.Artifacts | Should -Be 'shop', 'Registered', 2, 2
        $made.PluginProblems | Should -Be 'extras: it is a package of npm, whose files are in no repository.'
        (Get-Item -LiteralPath $shop | Register-SkmMarketplace).Status | Should -Be 'Unchanged'
        $made | Register-SkmMarketplace | ForEach-Object Status | Should -Be 'Unchanged'
        @(Get-SkmMarketplace).Count | Should -Be 1
    }

    It 'are registered relative to the location of PowerShell' {
        Push-Location -LiteralPath $shop
        try {
            (Register-SkmMarketplace . -Name here).Source | Should -Be $shop
        }
        finally {
            Pop-Location
        }
    }

    It 'have a name each' {
        $null = Register-SkmMarketplace $shop
        $other = Join-Path $TestDrive 'other/skills/x'
        Write-Text -Path (Join-Path $other 'SKILL.md') -Text "---`nname: x`ndescription: x`n---`n"
        $problems = @()
        Register-SkmMarketplace (Join-Path $TestDrive 'other') -Name SHOP -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'MarketplaceExists,*'
        $problems[0].CategoryInfo.Category | Should -Be 'ResourceExists'
        { Register-SkmMarketplace $shop, $sample -Name two } | Should -Throw '-Name applies to one marketplace*'
    }

    It 'that cannot be read do not keep others from being registered' {
        $problems = @()
        $made = Register-SkmMarketplace (Join-Path $TestDrive 'nowhere'), $shop -ErrorVariable problems -ErrorAction SilentlyContinue
        $made.Name | Should -Be 'shop'
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'UpstreamNotFound,*'
    }

    It 'are searched, and what is found is added' {
        $null = Register-SkmMarketplace $shop
        (Find-SkmMarketplaceArtifact).ArtifactId | Should -Be 'skill:pdf', 'skill:slides'
        Find-SkmMarketplaceArtifact pdf, slides | Should -BeNullOrEmpty
        Find-SkmMarketplaceArtifact '%' | Should -BeNullOrEmpty
        $found = Find-SkmMarketplaceArtifact PDF, office
        $found.Version, $found.State, $found.Category | Should -Be '1.2.0', 'New', 'documents'
        ($found | Add-SkmArtifact).Status | Should -Be 'Added'
        [System.IO.File]::ReadAllBytes((Join-Path $sample 'collections/default/skills/pdf/SKILL.md')) | Should -Be ([System.IO.File]::ReadAllBytes((Join-Path $shop 'office/skills/pdf/SKILL.md')))
        (Find-SkmMarketplaceArtifact -State Present).ArtifactId | Should -Be 'skill:pdf'
        (Find-SkmMarketplaceArtifact pdf | Add-SkmArtifact).Status | Should -Be 'Unchanged'
        Add-Content -LiteralPath (Join-Path $shop 'office/skills/pdf/SKILL.md') -Value 'more'
        (Find-SkmMarketplaceArtifact -State Behind).ArtifactId | Should -Be 'skill:pdf'
    }

    It 'have plugins without artifacts, which cannot be added' {
        $null = Register-SkmMarketplace $shop
        $plugin = Find-SkmMarketplaceArtifact -IncludePlugin | Where-Object ArtifactId -EQ $null
        $plugin.Plugin, $plugin.State | Should -Be 'extras', $null
        $problems = @()
        $plugin | Add-SkmArtifact -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
    }

    It 'are updated by name or from the pipeline' {
        $null = Register-SkmMarketplace $shop
        (Update-SkmMarketplace).Status | Should -Be 'Unchanged'
        Write-Text -Path (Join-Path $shop 'office/skills/new/SKILL.md') -Text "---`nname: new`ndescription: New`n---`n"
        (Get-SkmMarketplace sh* | Update-SkmMarketplace).Status | Should -Be 'Updated'
        (Find-SkmMarketplaceArtifact new).ArtifactId | Should -Be 'skill:new'
        { Update-SkmMarketplace shp } | Should -Throw "*Did you mean 'shop'?*"
    }

    It 'that are gone keep their lists, with a warning' {
        $null = Register-SkmMarketplace $shop
        Remove-Item -LiteralPath $shop -Recurse -Force
        $problems = @()
        Update-SkmMarketplace -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'UpstreamNotFound,*'
        $warnings = @()
        (Find-SkmMarketplaceArtifact pdf -WarningVariable warnings -WarningAction SilentlyContinue).ArtifactId | Should -Be 'skill:pdf'
        "$warnings" | Should -BeLike "The list of marketplace 'shop' is from * does not exist*"
    }

    It 'are forgotten' {
        $null = Register-SkmMarketplace $shop
        Unregister-SkmMarketplace shop -WhatIf
        @(Get-SkmMarketplace).Count | Should -Be 1
        (Get-SkmMarketplace | Unregister-SkmMarketplace -PassThru).Status | Should -Be 'Removed'
        Get-SkmMarketplace | Should -BeNullOrEmpty
        $problems = @()
        Unregister-SkmMarketplace shop -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'MarketplaceNotFound,*'
    }

    It 'complete their names' {
        $null = Register-SkmMarketplace $shop
        (TabExpansion2 -inputScript "Update-SkmMarketplace -SkillMeatHome '$sample' sh").CompletionMatches.CompletionText | Should -Contain 'shop'
    }
}
