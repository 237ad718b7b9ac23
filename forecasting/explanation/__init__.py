"""Why a forecast is what it is, why sales changed, why a forecast was revised or missed."""
